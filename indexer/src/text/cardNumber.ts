/** Digits as people write card numbers: in groups, which blanks or dashes of any kind part. */
const DIGIT_RUN = /\p{Nd}(?:[\p{Zs}\p{Pd}]{0,3}\p{Nd})*/gu
const GROUP = /\d+/g
const CARD_DIGITS_MIN = 13
const CARD_DIGITS_MAX = 19

/** Whether a text holds what looks like a card number. For text fields and names only: random integers pass Luhn too. */
export function holdsCardNumber(text: string): boolean {
  return [...text.matchAll(DIGIT_RUN)].some((run) => runHoldsCardNumber(run[0]))
}

/** The text with every card number replaced, so that an error message or a log never repeats one. */
export function maskCardNumbers(text: string): string {
  return text.replace(DIGIT_RUN, (run) => (runHoldsCardNumber(run) ? '[a card number, not shown]' : run))
}

/** Some groups that follow each other make a card number; others beside them, as a count of pieces, do not hide it. */
function runHoldsCardNumber(run: string): boolean {
  const groups = run.normalize('NFKC').match(GROUP) ?? []
  return groups.some((_, first) => {
    let digits = ''
    for (const group of groups.slice(first, first + CARD_DIGITS_MAX)) {
      digits += group
      if (digits.length > CARD_DIGITS_MAX) return false
      if (digits.length >= CARD_DIGITS_MIN && passesLuhn(digits)) return true
    }
    return false
  })
}

function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = digit * 2
    if (index % 2 === 0) sum += digit
    else sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
