const set = (words: string): ReadonlySet<string> => new Set(words.trim().split(/\s+/))

/** Words that tell nothing apart in the languages met most. */
export const STOP_WORDS = set(`
  the and for with from into onto upon over under between among its their our your his her this that these those what which
  who how why when where does are was were been has have had not but can may via per using based towards toward
  les des une dans pour sur par avec aux est sont qui que ses leur entre chez sans sous
  der die das den dem des ein eine einer eines und oder mit von vom zur zum auf bei fur aus nach uber als ist sind
  los las una del por para con sus como entre sobre dos das uma com nos nas pelo pela
  gli dei delle della dello degli nel nella per una che con sul sulla tra fra
`)

/** Words that titles of standing sections are made of, in any mixture. */
export const GENERIC_WORDS = set(`
  abstract abstracts acknowledgement acknowledgements acknowledgment acknowledgments advertisement afterword agenda announcement
  announcements annual appendix article articles author authors back bibliography board book books brief calendar chair chairs chapter
  chairman column comment commentary comments committee communication communications conclusion conclusions conference
  congress contents contributors corrections correspondence corrigendum cover dear debate dedication discussion editor editors editorial
  editorials editorship epilogue errata erratum events foreword front frontmatter general guest highlights image images
  index information instructions interview introduction introductory issue issues journal keynote letter letters list masthead
  matter meeting meetings member members message minutes miscellaneous news newsletter note notes notice obituary
  opinion organization organizers page pages paper papers perspective poster posters preface preliminary president presidents proceedings
  program programme prologue publication publications publisher question questions readers recent reply report reports
  response retraction review reviewers reviews section session short society special subject summary summaries supplement
  symposium table thanks title tribute tutorial update volume welcome workshop year years
  avant propos compte compterendu comptes rendus rendu notice note lecture editorial sommaire introduction preface actualites
  buchbesprechung einleitung inhalt vorwort nachruf rezension editorial inhaltsverzeichnis editoriale introduzione prefazione
  january february march april june july august september october november december spring summer autumn fall winter
  untitled titre title sans unknown none
`)

/** What a bracket in a title says about the form and nothing about the content. */
export const FORMAT_WORDS = set(`
  abstract abstracts article demo demonstration extended full invited keynote only panel paper poster preprint presentation retracted
  report session short summary talk text tutorial version withdrawn
`)

export const ORDINALS: Readonly<Record<string, string>> = {
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  first: '1',
  second: '2',
  third: '3',
  fourth: '4',
  fifth: '5',
}
