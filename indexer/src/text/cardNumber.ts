/** A run of digits as people write card numbers: groups may be parted by one space or hyphen. */
const DIGIT_RUN = /\d(?:[ -]?\d)*/g
const CARD_DIGITS_MIN = 13
const CARD_DIGITS_MAX = 19

/** Whether a text holds what looks like a card number. For text fields and names only: random integers pass Luhn too. */
export function holdsCardNumber(text: string): boolean {
  return [...text.matchAll(DIGIT_RUN)].some((run) => isCardNumber(run[0]))
}

/** The text with every card number replaced, so that an error message or a log never repeats one. */
export function maskCardNumbers(text: string): string {
  return text.replace(DIGIT_RUN, (run) => (isCardNumber(run) ? '[a card number, not shown]' : run))
}

function isCardNumber(run: string): boolean {
  const digits = run.replace(/[ -]/g, '')
  return digits.length >= CARD_DIGITS_MIN && digits.length <= CARD_DIGITS_MAX && passesLuhn(digits)
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
