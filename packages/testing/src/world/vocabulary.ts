/**
 * Names, places and words of the made-up world, most frequent first. Of our own making; names and titles are as like one
 * another as in life: two names share the family name in 0.16 % of pairs (0.05 to 0.39 % in three real collections of
 * computer science and medicine), two titles of one author their first two words that say something in 0.7 % (0.4 to 1.4 %).
 */

export interface Culture {
  readonly given: readonly string[]
  readonly family: readonly string[]
  /** Beginnings and ends that rarer family names are put together from. */
  readonly rare: readonly [beginnings: readonly string[], middles: readonly string[], ends: readonly string[]]
  /** Share of the persons who bear one of the frequent names. */
  readonly frequent: number
  /** The family name stands first in some sources. */
  readonly familyFirst: boolean
  readonly share: number
}

const words = (text: string): readonly string[] => text.trim().split(/\s*\|\s*/)

export const CULTURES: readonly Culture[] = [
  {
    share: 0.3,
    familyFirst: false,
    given: words(
      'Jean|Marie|Pierre|Sophie|François|Claire|Nicolas|Élodie|Jean-Marc|Anne-Laure|Mathieu|Chloé|Benoît|Hélène|Gaël|Zoé|Philippe|Isabelle|Laurent|Nathalie|Olivier|Sandrine|Guillaume|Camille|Antoine|Juliette|Vincent|Aurélie|Thierry|Céline|Bruno|Lucie|Sébastien|Marion|Alain|Pauline|Cédric|Manon|Yves|Noémie|Rémi|Solène|Loïc|Agathe|Fabrice|Maud|Tanguy|Clémence|Damien|Bérénice|Gilles|Flavie|Baptiste|Ysaline|Marc-Antoine|Capucine',
    ),
    family: words(
      'Martin|Bernard|Dubois|Robert|Durand|Moreau|Lefèvre|Garnier|Chevalier|Le Goff|de la Tour|Marchand|Béranger|Vasseur|Pélissier|Queneau|Trébaol|Kervella|Hautecloque|Ormesson',
    ),
    frequent: 0.25,
    rare: [
      words('Bar|Ber|Bour|Cas|Char|Cour|Des|Dur|Fon|Gar|Gui|Jou|Lam|Lan|Mal|Mar|Mon|Per|Rou|Sau|Tar|Val|Ver|Vil'),
      words('a|e|i|o|an|el|en|in|on'),
      words('bert|bin|chet|din|gnac|lier|lin|naud|nier|not|quet|rault|reau|sson|tel|tier|ton|veau'),
    ],
  },
  {
    share: 0.27,
    familyFirst: false,
    given: words(
      'James|Mary|John|Sarah|David|Emily|Michael|Anna|Robert|Laura|William|Rachel|Oliver|Grace|Thomas|Imogen|Peter|Susan|Andrew|Karen|Mark|Helen|Paul|Alice|Stephen|Ruth|Daniel|Megan|George|Hannah|Edward|Joanna|Simon|Eleanor|Philip|Fiona|Martin|Heather|Keith|Naomi|Graham|Beatrice|Adrian|Tamsin|Duncan|Rosalind|Alastair|Gwendolen|Barnaby|Philippa|Rupert|Cordelia|Ewan|Isla|Hamish|Verity',
    ),
    family: words(
      "Smith|Johnson|Brown|Taylor|Wilson|Davies|Evans|Walker|Wright|O'Brien|McAllister|Thornton|Ashworth|Pemberton|Featherstone|Quigley|Lindqvist|Vandermeer|Holloway|Ravenscroft",
    ),
    frequent: 0.25,
    rare: [
      words(
        'Ash|Bar|Beck|Brad|Brough|Cald|Comb|Dun|Eld|Fair|Glen|Hal|Harg|Hath|Kirk|Lang|Mar|Pem|Rad|Sher|Stan|Thorn|Wad|Wins',
      ),
      words('e|er|ing|le|o|y'),
      words('bury|by|combe|cott|dale|field|ford|ham|hurst|ley|man|mere|more|shaw|son|stock|ton|worth'),
    ],
  },
  {
    share: 0.2,
    familyFirst: true,
    given: words(
      'Wei|Jun|Li|Min|Yan|Xin|Jing|Hao|Lei|Ying|Xiaoming|Meiling|Zhiqiang|Yuhan|Tao|Fang|Qiang|Na|Peng|Juan|Bo|Dan|Kai|Rui|Chao|Hong|Jianguo|Xiaoli|Weidong|Yifan|Zihan|Haoran|Jiaqi|Mengyao|Guoqiang|Shuang|Wenjing|Lijuan|Yuting|Xiaohui|Zhongwei|Hongmei|Jinlong|Qiuyan|Tianyu|Ruoxi|Chunhua|Minghao|Siqi|Yanfei|Zhenhua|Xuefeng',
    ),
    family: words('Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ouyang|Situ'),
    frequent: 0.9,
    rare: [
      words('Bai|Cai|Deng|Fan|Gao|Han|Jiang|Kong|Liang|Mao|Pan|Qian|Ren|Shen|Tang|Wen|Xiao|Yuan|Zheng|Shi'),
      words(''),
      words(''),
    ],
  },
  {
    share: 0.13,
    familyFirst: false,
    given: words(
      'José|María|Luis|Ana|Carlos|Lucía|Juan Pablo|Inés|Ramón|Íñigo|Javier|Carmen|Miguel|Elena|Antonio|Pilar|Francisco|Marta|Rafael|Rocío|Diego|Beatriz|Álvaro|Nuria|Sergio|Montserrat|Gonzalo|Ainhoa|Jorge|Graciela|Andrés|Paloma|Fernando|Ximena|Joaquín|Leire|Héctor|Itziar|Víctor|Amaia',
    ),
    family: words(
      'García López|Fernández|Rodríguez|Martínez Ruiz|Sánchez|Núñez|Ibáñez Peña|Echeverría|Zubizarreta|Villalobos',
    ),
    frequent: 0.3,
    rare: [
      words('Al|Ar|Bel|Cal|Car|Cer|Es|Fer|Gal|Mon|Mor|Oli|Pal|Quin|Riv|Sal|Tor|Urr|Val|Zab'),
      words('a|e|i|o|an|ar|er'),
      words(
        'ceda|deras|dillo|guren|lado|lanza|mendi|navides|ñalosa|queira|quiza|rragán|seco|taño|tegui|var|verde|zábal',
      ),
    ],
  },
  {
    share: 0.1,
    familyFirst: false,
    given: words(
      'Jürgen|Łukasz|Åsa|Søren|Katarzyna|Björn|Zsófia|Jiří|Đorđe|Ömer|Hans|Anneliese|Piotr|Agnieszka|Lars|Ingrid|Gábor|Ágnes|Tomáš|Lenka|Milan|Jelena|Mehmet|Ayşe|Günther|Heike|Paweł|Małgorzata|Anders|Kirsten|István|Katalin|Václav|Božena|Zoran|Snežana|Çağlar|Elif|Matthias|Frauke|Wojciech|Grażyna|Håkon|Sigrún',
    ),
    family: words('Müller|Kowalski|Øverland|Szabó|Dvořák|Jovanović|Yılmaz|Ångström|Grünwald|Wiśniewska'),
    frequent: 0.2,
    rare: [
      words('Bran|Dobr|Eis|Fried|Grün|Halv|Jan|Kal|Kov|Lind|Mar|Nov|Ost|Rad|Schön|Stein|Szab|Tor|Ven|Wald|Zel'),
      words('a|e|i|o|en|er|ov'),
      words('bauer|berg|czyk|dahl|feld|gård|haus|ić|kvist|lund|mann|nagy|owski|sen|stad|šek|ünal|vári'),
    ],
  },
]

export const FIELDS: readonly {
  readonly name: string
  readonly nouns: readonly string[]
  readonly things: readonly string[]
  readonly venues: readonly string[]
}[] = [
  {
    name: 'Hydrology',
    nouns: words(
      'groundwater recharge|river incision|sediment transport|snowmelt runoff|aquifer salinity|flood routing|soil moisture|karst drainage',
    ),
    things: words('alpine catchments|tidal estuaries|semi-arid basins|peat bogs|braided rivers|urban watersheds'),
    venues: words('Annals of Catchment Science|Journal of Surface Water|Groundwater Letters'),
  },
  {
    name: 'Neuroscience',
    nouns: words(
      'synaptic plasticity|cortical oscillations|dopamine release|spatial memory|motor learning|axon guidance|sleep spindles|pain perception',
    ),
    things: words(
      'adult mice|the human hippocampus|zebrafish larvae|cerebellar granule cells|ageing primates|cultured neurons',
    ),
    venues: words('Progress in Neural Circuits|Journal of Synaptic Research|Brain Rhythms'),
  },
  {
    name: 'Machine learning',
    nouns: words(
      'gradient estimation|sparse attention|graph embedding|causal discovery|active learning|robust regression|entity resolution|neural pruning',
    ),
    things: words('small data sets|streaming records|noisy labels|federated clients|long documents|molecular graphs'),
    venues: words(
      'Transactions on Statistical Learning|Proceedings of the Symposium on Data Systems|Letters in Computation',
    ),
  },
  {
    name: 'Medieval history',
    nouns: words(
      'charter production|monastic reform|royal itineraries|urban guilds|manuscript circulation|seigneurial justice|pilgrim routes|tithe disputes',
    ),
    things: words(
      'twelfth-century Burgundy|the Low Countries|Castilian towns|the diocese of Laon|Hanseatic ports|Norman Sicily',
    ),
    venues: words('Revue des chartes anciennes|Medieval Records Quarterly|Studies in Documentary History'),
  },
  {
    name: 'Materials',
    nouns: words(
      'ion conductivity|crack propagation|thin-film growth|magnetic anisotropy|polymer ageing|grain boundaries|photocatalysis|thermal expansion',
    ),
    things: words(
      'perovskite oxides|nickel superalloys|two-dimensional layers|biobased resins|porous glasses|solid electrolytes',
    ),
    venues: words('Materials Structure Reports|Journal of Solid Interfaces|Applied Ceramics'),
  },
]

export const INSTITUTIONS: readonly { readonly name: string; readonly city: string; readonly country: string }[] =
  words(
    'Université de Valmont|Institut Carnelle|University of Northmere|Aldwick Institute of Technology|Qinghe University|Lanting Academy of Sciences|Universidad de Peñalara|Instituto Almadén|Technische Universität Falkenau|Politechnika Borowska|Université de Kerguélen|Hartwell Research Centre|University of Saint Brannoc|Nordfjord Universitet|École des Hautes Rives|Museum of Natural Records',
  ).map((name, index) => ({
    name,
    city:
      [
        'Valmont',
        'Carnelle',
        'Northmere',
        'Aldwick',
        'Qinghe',
        'Lanting',
        'Peñalara',
        'Almadén',
        'Falkenau',
        'Borowa',
        'Port-Nord',
        'Hartwell',
        'Brannoc',
        'Nordfjord',
        'Hautes-Rives',
        'Wexcombe',
      ][index] ?? name,
    country:
      ['FR', 'FR', 'GB', 'GB', 'CN', 'CN', 'ES', 'ES', 'DE', 'PL', 'FR', 'US', 'GB', 'NO', 'FR', 'US'][index] ?? 'FR',
  }))

/** A made-up ROR id: well formed, and nobody's. */
export function rorOf(index: number): string {
  return `0at1as${String(index % 1000).padStart(3, '0')}`.slice(0, 9)
}

/** What a title says first of its noun. */
export const ADJECTIVES: readonly string[] = words(
  'seasonal|long-term|hidden|early|late|regional|unequal|persistent|delayed|rapid|partial|recurrent|selective|adaptive|cumulative|apparent|asymmetric|coupled|diffuse|episodic|fragile|gradual|inherited|joint|latent|marginal|nested|oblique|parallel|reversible|sparse|transient|uneven|variable|weak|anomalous|bounded|critical|disputed|forgotten',
)

/** What was studied at a place. */
export const SITES: readonly string[] = words(
  'archive|basin|campaign|cohort|collection|corpus|district|experiment|facility|lagoon|observatory|plateau|quarry|record|reserve|survey|transect|valley',
)

/** `{Place}` is one of some thousands of names, as what a study is about in particular. */
export const PATTERNS: readonly string[] = [
  'On {adj} {noun} in {thing}',
  '{Adj} {noun} in {thing}: evidence from {n} sites',
  'Modelling {adj} {noun} across {thing}',
  'Does {adj} {noun} explain variation in the {Place} {site}?',
  'A comparative study of {noun} and {other} in the {Place} {site}',
  'Towards a theory of {adj} {noun} in {thing}',
  'Measuring {noun} at the {Place} {site} over {n} years',
  '{Adj} {noun} and {adj2} {other}: lessons from {Place}',
  'The {Place} {site} and the origins of {adj} {noun}',
  '{Place} revisited: {adj} {noun} in {thing}',
  'How {thing} shape {adj} {noun}: the case of {Place}',
  'From {other} to {noun}: {adj} transitions at {Place}',
  'A {Place} model of {adj} {other}',
  'Limits of {adj} {noun} in {thing}',
]
