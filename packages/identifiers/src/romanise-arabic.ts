/**
 * Arabic and Persian names in their commonest Latin spelling. The script leaves short vowels out, so what is not in this
 * table cannot be read: its letters alone are written, and equal nothing but themselves.
 */
const ROWS = `
mohammed محمد|ahmed احمد|mahmoud محمود|mustafa مصطفي|ali علي|hassan حسن|hussein حسين|omar عمر|othman عثمان|khaled خالد
ibrahim ابراهيم|ismail اسماعيل|yousef يوسف|yaqoub يعقوب|yahya يحيي|musa موسي|issa عيسي|haroun هارون|dawood داود
sulaiman سليمان|saleh صالح|saeed سعيد|saad سعد|masoud مسعود|rashid رشيد|rashed راشد|salem سالم|salim سليم|sami سامي
samir سمير|karim كريم|rahim رحيم|nasser ناصر|nasir نصير|mansour منصور|jamal جمال|kamal كمال|jalal جلال|bilal بلال
tariq طارق|ziad زياد|zaid زيد|walid وليد|waleed الوليد|majid مجيد|majed ماجد|hamid حامد|hameed حميد|hamad حمد|hamdi حمدي
adel عادل|amin امين|amir امير|anwar انور|ayman ايمن|ashraf اشرف|bassam بسام|fadi فادي|fahd فهد|faisal فيصل|farid فريد
farouk فاروق|fouad فؤاد|ghassan غسان|habib حبيب|haidar حيدر|hani هاني|hisham هشام|idris ادريس|imad عماد|jaber جابر
jabir جبير|jafar جعفر|khalil خليل|luay لؤي|maher ماهر|malik مالك|marwan مروان|murad مراد|nabil نبيل|nader نادر|nizar نزار
osama اسامه|qasim قاسم|rami رامي|riad رياض|saif سيف|shadi شادي|sharif شريف|taha طه|taher طاهر|wael وائل|wissam وسام
yasin ياسين|yasser ياسر|zakaria زكريا|abdullah عبدالله|abdulrahman عبدالرحمن|abdulaziz عبدالعزيز|abdulkarim عبدالكريم
abdulqadir عبدالقادر|abdulrahim عبدالرحيم|abdulmajid عبدالمجيد|abdulhamid عبدالحميد|abdulsalam عبدالسلام
abdulwahab عبدالوهاب|abdulmalik عبدالملك|abdullatif عبداللطيف|nasrallah نصرالله|fatima فاطمه|aisha عائشه|maryam مريم
zainab زينب|khadija خديجه|amina امينه|layla ليلي|noor نور|nora نوره|sara ساره|salma سلمي|huda هدي|hind هند|iman ايمان
rania رانيا|reem ريم|samira سميره|sana سناء|hana هناء|dina دينا|nadia ناديه|mona مني|najla نجلاء|nour نورا|rana رنا
hashemi هاشمي|hosseini حسيني|mohammadi محمدي|ahmadi احمدي|rezaei رضايي|reza رضا|karimi كريمي|moradi مرادي|rahimi رحيمي
jafari جعفري|mahdi مهدي|sadeghi صادقي|sadegh صادق|ebrahimi ابراهيمي|akbari اكبري|akbar اكبر|abbas عباس|najafi نجفي
tehrani تهراني|shirazi شيرازي|masri مصري|khatib خطيب|haddad حداد|najjar نجار|shami شامي|iraqi عراقي|maliki مالكي
qahtani قحطاني|ghamdi غامدي|harbi حربي|otaibi عتيبي|shehri شهري|zahrani زهراني|dosari دوسري|mutairi مطيري|rashidi رشيدي
sayed سيد|khan خان|bashir بشير|osman عصمان|abu ابو|ibn ابن|bin بن|bint بنت|umm ام|abd عبد`

const NAMES: ReadonlyMap<string, string> = new Map(
  ROWS.trim()
    .split(/[|\n]/)
    .map((row) => row.split(' '))
    .map(([latin = '', arabic = '']): [string, string] => [plain(arabic), latin]),
)

const LETTERS: Readonly<Record<string, string>> = {
  ا: 'a',
  ب: 'b',
  ت: 't',
  ث: 'th',
  ج: 'j',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ذ: 'dh',
  ر: 'r',
  ز: 'z',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'd',
  ط: 't',
  ظ: 'z',
  ع: 'a',
  غ: 'gh',
  ف: 'f',
  ق: 'q',
  ك: 'k',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ه: 'h',
  و: 'w',
  ي: 'y',
  پ: 'p',
  چ: 'ch',
  ژ: 'zh',
  گ: 'g',
  ء: '',
}

/** Words in Arabic letters; `عبد` is one with the word behind it, the article is a word of its own. */
export function romaniseArabic(text: string): string {
  const joined = plain(text).replace(/(?<=^| )(?:عبد|نصر) (?=ال)/gu, (word) => word.trim())
  return joined.split(' ').map(romaniseWord).join(' ')
}

function romaniseWord(word: string): string {
  const known = NAMES.get(word)
  if (known !== undefined) return known
  if (word.length > 4 && word.startsWith('ال')) return `al ${romaniseWord(word.slice(2))}`
  return [...word].map((letter) => LETTERS[letter] ?? '').join('')
}

/** One form of each letter: without vowel signs, lengthening and the seats of hamza, Persian letters as Arabic ones. */
function plain(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{M}\u0640\u200c\u200d]/gu, '')
    .replace(/[أإآٱ]/gu, 'ا')
    .replace(/[ىئی]/gu, 'ي')
    .replace(/ؤ/gu, 'و')
    .replace(/ة/gu, 'ه')
    .replace(/ک/gu, 'ك')
    .replace(/\s+/gu, ' ')
    .trim()
}
