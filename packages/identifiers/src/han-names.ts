import { pairsOf } from './pairs.ts'

/** Family names whose characters are read otherwise than elsewhere. */
export const CHINESE_READINGS: Readonly<Record<string, string>> = pairsOf(
  '曾 zeng 单 shan 解 xie 仇 qiu 区 ou 查 zha 任 ren 翟 zhai 盖 ge 覃 qin 朴 piao 尹 yin 万 wan 沈 shen 石 shi 乐 yue 缪 miao ' +
    '宁 ning 晁 chao 种 chong 秘 bi 繁 po 谌 chen 折 she 黑 he 员 yun 召 shao 那 na 贾 jia 尉 wei 吕 lu 冼 xian 葛 ge 佟 tong',
)

/** Chinese family names of two characters. */
export const CHINESE_DOUBLE: Readonly<Record<string, string>> = pairsOf(
  '欧阳 ouyang 司马 sima 上官 shangguan 诸葛 zhuge 皇甫 huangfu 尉迟 yuchi 公孙 gongsun 慕容 murong 司徒 situ 夏侯 xiahou ' +
    '令狐 linghu 长孙 zhangsun 宇文 yuwen 端木 duanmu 东方 dongfang 独孤 dugu 南宫 nangong 西门 ximen 轩辕 xuanyuan',
)

/** The commonest Japanese family names that can be read in one way only, or in one way as a rule. */
export const JAPANESE_FAMILY_NAMES: Readonly<Record<string, string>> = pairsOf(
  '佐藤 sato 铃木 suzuki 高桥 takahashi 田中 tanaka 伊藤 ito 渡边 watanabe 渡部 watanabe 山本 yamamoto 中村 nakamura ' +
    '小林 kobayashi 加藤 kato 吉田 yoshida 山田 yamada 佐佐木 sasaki 山口 yamaguchi 松本 matsumoto 井上 inoue 木村 kimura ' +
    '斋藤 saito 清水 shimizu 山崎 yamazaki 池田 ikeda 阿部 abe 安部 abe 桥本 hashimoto 山下 yamashita 森 mori 石川 ishikawa ' +
    '前田 maeda 小川 ogawa 藤田 fujita 冈田 okada 后藤 goto 长谷川 hasegawa 村上 murakami 近藤 kondo 石井 ishii 坂本 sakamoto ' +
    '远藤 endo 青木 aoki 藤井 fujii 西村 nishimura 福田 fukuda 太田 ota 三浦 miura 冈本 okamoto 松田 matsuda 中川 nakagawa ' +
    '中野 nakano 原田 harada 小野 ono 田村 tamura 竹内 takeuchi 中山 nakayama 和田 wada 石田 ishida 森田 morita 上田 ueda ' +
    '原 hara 柴田 shibata 酒井 sakai 工藤 kudo 横山 yokoyama 宫崎 miyazaki 宫本 miyamoto 内田 uchida 高木 takagi 安藤 ando ' +
    '谷口 taniguchi 大野 ono 丸山 maruyama 今井 imai 高田 takada 藤本 fujimoto 武田 takeda 村田 murata 上野 ueno 杉山 sugiyama ' +
    '增田 masuda 菅原 sugawara 平野 hirano 大冢 otsuka 小岛 kojima 千叶 chiba 久保 kubo 松井 matsui 岩崎 iwasaki 樱井 sakurai ' +
    '木下 kinoshita 野口 noguchi 松尾 matsuo 野村 nomura 菊地 kikuchi 菊池 kikuchi 佐野 sano 大西 onishi 杉本 sugimoto ' +
    '新井 arai 滨田 hamada 古川 furukawa 水野 mizuno 小松 komatsu 岛田 shimada 小山 koyama 市川 ichikawa 山内 yamauchi ' +
    '西田 nishida 菊川 kikukawa 西川 nishikawa 五十岚 igarashi 北村 kitamura 安田 yasuda 中田 nakata 川口 kawaguchi ' +
    '平田 hirata 川崎 kawasaki 本田 honda 久保田 kubota 吉川 yoshikawa 饭田 iida 泽田 sawada 辻 tsuji 关 seki 吉村 yoshimura ' +
    '岩田 iwata 中岛 nakajima 川上 kawakami 永井 nagai 田口 taguchi 松浦 matsuura 浅野 asano 樋口 higuchi ' +
    '大久保 okubo 荒木 araki 片山 katayama 尾崎 ozaki 桑原 kuwahara 星野 hoshino 望月 mochizuki 奥田 okuda 须藤 sudo ' +
    '福岛 fukushima 大石 oishi 黑田 kuroda 小西 konishi 松冈 matsuoka 内藤 naito 秋山 akiyama 大谷 otani 小泽 ozawa',
)

/**
 * One form of each character: traditional, simplified and Japanese forms of the characters of names stand for each other.
 * It is a list of what names are written with, not of the language.
 */
const FORMS: ReadonlyMap<string, string> = new Map(
  (
    '張张 劉刘 陳陈 楊杨 黃黄 趙赵 吳吴 孫孙 馬马 許许 鄭郑 馮冯 鄧邓 葉叶 蔣蒋 盧卢 蘇苏 呂吕 賈贾 鄒邹 陸陆 閻阎 鍾钟 譚谭 龍龙 ' +
    '竜龙 萬万 錢钱 湯汤 賴赖 龔龚 嚴严 厳严 華华 齊齐 斉齐 顧顾 魯鲁 韋韦 聶聂 單单 畢毕 歐欧 陽阳 諸诸 東东 長长 軒轩 轅辕 區区 ' +
    '關关 関关 岡冈 偉伟 強强 傑杰 軍军 國国 圀国 麗丽 蘭兰 靜静 潔洁 鳳凤 慶庆 銘铭 銳锐 鋒锋 鋼钢 鐵铁 鉄铁 紅红 維维 緒绪 綺绮 ' +
    '綠绿 緑绿 練练 衛卫 衞卫 術术 義义 儀仪 億亿 優优 倫伦 偵侦 傳传 伝传 僑侨 勝胜 勳勋 勛勋 勲勋 勵励 榮荣 栄荣 樂乐 楽乐 樹树 ' +
    '橋桥 機机 權权 歡欢 歲岁 歳岁 氣气 気气 漢汉 滿满 満满 潤润 濤涛 濱滨 浜滨 瀟潇 瀾澜 灣湾 燁烨 爾尔 瑋玮 瑤瑶 瑩莹 璣玑 環环 ' +
    '瓊琼 畫画 當当 皚皑 盡尽 監监 盤盘 眾众 禮礼 穎颖 穌稣 穩稳 競竞 筆笔 節节 範范 簡简 紀纪 純纯 紹绍 終终 結结 經经 経经 綱纲 ' +
    '績绩 繼继 継继 續续 続续 羅罗 習习 聖圣 聰聪 聯联 職职 肅肃 臨临 興兴 舉举 艷艳 藝艺 芸艺 萊莱 葦苇 蓮莲 薔蔷 薩萨 藍蓝 處处 ' +
    '號号 裡里 視视 親亲 覺觉 觀观 訓训 記记 訪访 設设 評评 詠咏 詩诗 誠诚 語语 說说 誼谊 課课 調调 談谈 論论 諾诺 謙谦 證证 識识 ' +
    '議议 護护 讓让 讚赞 豐丰 豊丰 貝贝 貞贞 財财 貴贵 賀贺 資资 賓宾 賢贤 質质 贊赞 載载 輝辉 輪轮 轉转 達达 遠远 適适 遙遥 選选 ' +
    '遷迁 邊边 辺边 邉边 鄉乡 醫医 釗钊 鈞钧 鈴铃 銀银 錄录 錦锦 鍵键 鎮镇 鏡镜 鑑鉴 門门 開开 間间 閃闪 閔闵 閣阁 闊阔 陣阵 陰阴 ' +
    '隊队 際际 隨随 雙双 雞鸡 雲云 電电 靈灵 韓韩 韻韵 順顺 頌颂 預预 領领 頻频 顏颜 顔颜 願愿 風风 飛飞 馳驰 駿骏 騰腾 驊骅 驍骁 ' +
    '驕骄 驥骥 髙高 鬆松 鯤鲲 鳴鸣 鴻鸿 鵬鹏 鷹鹰 麥麦 齋斋 斎斋 齡龄 寶宝 寧宁 實实 実实 審审 寬宽 寛宽 將将 對对 尋寻 導导 屆届 ' +
    '層层 島岛 嶋岛 崗岗 嵐岚 嶺岭 巖岩 帥帅 師师 帶带 幹干 廣广 広广 廠厂 彌弥 彥彦 後后 從从 徑径 復复 徹彻 恆恒 悅悦 恵惠 愛爱 ' +
    '憲宪 懷怀 應应 戀恋 戲戏 戶户 揚扬 換换 擇择 擴扩 敘叙 敵敌 數数 斷断 於于 時时 晉晋 晝昼 暉晖 暢畅 曉晓 暁晓 曄晔 書书 會会 ' +
    '條条 來来 棟栋 楓枫 業业 極极 構构 槍枪 標标 樓楼 樣样 櫻樱 桜樱 欽钦 歷历 歴历 沢泽 澤泽 淵渊 渕渊 淺浅 減减 準准 溫温 滄沧 ' +
    '漁渔 潛潜 濟济 済济 瀧泷 滝泷 為为 烏乌 無无 煒炜 煥焕 熱热 燈灯 燦灿 爭争 狀状 獅狮 獎奖 獻献 獨独 現现 琿珲 瑪玛 璉琏 増增 ' +
    '塚冢 﨑崎 冨富 峯峰 嵜崎 曽曾 桒桑 篠筱 薫熏 藪薮 鐘钟 閒间 飯饭 鶴鹤 鷲鹫 黒黑 須须 亜亚 亞亚 佛仏 児儿 兒儿 円圆 圓圆 剛刚 ' +
    '創创 劍剑 剣剑 動动 務务 匯汇 協协 囑嘱 園园 圖图 図图 団团 團团 堅坚 場场 塲场 塵尘 壽寿 夢梦 奧奥 奨奖 奮奋 婭娅 娛娱 嬌娇 ' +
    '嫻娴 學学 宮宫 尭尧 堯尧 歩步 壯壮 莊庄 荘庄 総总 總总 縣县 県县 粛肃 蔵藏 讀读 読读 譽誉 豬猪 變变 変变 隷隶 黨党'
  )
    .split(' ')
    .map((pair) => [...pair])
    .map(([from = '', to = '']): [string, string] => [from, to]),
)

export function oneForm(text: string): string {
  const letters = [...text]
  return letters
    .map((letter, at) => (letter === '々' ? (letters[at - 1] ?? '') : letter))
    .map((letter) => FORMS.get(letter) ?? letter)
    .join('')
}
