/** Names, places and words of the made-up world, most frequent first. Of our own making. */

export interface Culture {
  readonly given: readonly string[]
  readonly family: readonly string[]
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
      'Jean|Marie|Pierre|Sophie|François|Claire|Nicolas|Élodie|Jean-Marc|Anne-Laure|Mathieu|Chloé|Benoît|Hélène|Gaël|Zoé',
    ),
    family: words(
      'Martin|Bernard|Dubois|Robert|Durand|Moreau|Lefèvre|Garnier|Chevalier|Le Goff|de la Tour|Marchand|Béranger|Vasseur|Pélissier|Queneau|Trébaol|Kervella|Hautecloque|Ormesson',
    ),
  },
  {
    share: 0.27,
    familyFirst: false,
    given: words(
      'James|Mary|John|Sarah|David|Emily|Michael|Anna|Robert|Laura|William|Rachel|Oliver|Grace|Thomas|Imogen',
    ),
    family: words(
      "Smith|Johnson|Brown|Taylor|Wilson|Davies|Evans|Walker|Wright|O'Brien|McAllister|Thornton|Ashworth|Pemberton|Featherstone|Quigley|Lindqvist|Vandermeer|Holloway|Ravenscroft",
    ),
  },
  {
    share: 0.2,
    familyFirst: true,
    given: words('Wei|Jun|Li|Min|Yan|Xin|Jing|Hao|Lei|Ying|Xiaoming|Meiling|Zhiqiang|Yuhan'),
    family: words('Wang|Li|Zhang|Liu|Chen|Yang|Huang|Zhao|Wu|Zhou|Xu|Sun|Ouyang|Situ'),
  },
  {
    share: 0.13,
    familyFirst: false,
    given: words('José|María|Luis|Ana|Carlos|Lucía|Juan Pablo|Inés|Ramón|Íñigo'),
    family: words(
      'García López|Fernández|Rodríguez|Martínez Ruiz|Sánchez|Núñez|Ibáñez Peña|Echeverría|Zubizarreta|Villalobos',
    ),
  },
  {
    share: 0.1,
    familyFirst: false,
    given: words('Jürgen|Łukasz|Åsa|Søren|Katarzyna|Björn|Zsófia|Jiří|Đorđe|Ömer'),
    family: words('Müller|Kowalski|Øverland|Szabó|Dvořák|Jovanović|Yılmaz|Ångström|Grünwald|Wiśniewska'),
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

export const PATTERNS: readonly string[] = [
  'On {noun} in {thing}',
  '{Noun} in {thing}: evidence from {n} sites',
  'Modelling {noun} across {thing}',
  'Does {noun} explain variation in {thing}?',
  'A comparative study of {noun} and {other} in {thing}',
  'Towards a theory of {noun} in {thing}',
  'Measuring {noun} in {thing} over {n} years',
  '{Noun} and {other}: lessons from {thing}',
]
