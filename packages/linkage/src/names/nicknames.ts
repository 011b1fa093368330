// Short forms under which people publish; each row is one name.
const ROWS = [
  'robert bob rob bobby',
  'william will bill billy',
  'richard rick dick rich',
  'michael mike mick mikhail michel miguel',
  'james jim jimmy jamie',
  'john jack johnny',
  'thomas tom tommy',
  'edward ed eddie ted',
  'elizabeth liz beth betty lisa',
  'margaret maggie peggy meg',
  'katherine catherine kate kathy cathy',
  'charles charlie chuck',
  'david dave',
  'steven stephen steve',
  'joseph joe josef',
  'anthony tony antonio',
  'andrew andy drew',
  'daniel dan danny',
  'matthew matt',
  'christopher chris',
  'kenneth ken',
  'ronald ron',
  'donald don',
  'gregory greg',
  'jeffrey geoffrey jeff geoff',
  'lawrence laurence larry',
  'nicholas nick nicolas',
  'patricia pat patty',
  'susan sue',
  'deborah debbie',
  'jennifer jen jenny',
  'rebecca becky',
  'alexander alex sasha aleksandr',
  'vladimir volodymyr',
  'dmitry dmitri dimitri',
  'sergey sergei serge',
  'mohammed muhammad mohamed mohammad mohamad',
  'ahmed ahmad',
  'francisco paco',
  'jose pepe',
]

const CANON: ReadonlyMap<string, string> = new Map(
  ROWS.flatMap((row) => {
    const names = row.split(' ')
    return names.map((name): [string, string] => [name, names[0] ?? name])
  }),
)

/** Whether two given names are forms of one. */
export function sameNickname(a: string, b: string): boolean {
  const canon = CANON.get(a)
  return canon !== undefined && canon === CANON.get(b)
}
