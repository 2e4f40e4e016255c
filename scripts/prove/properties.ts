import type { Contract, Message } from './compiler.ts'

/** One statement about the code, as the notice of a function in `test/proofs` says it. */
export type Property = {
  readonly name: string
  readonly statement: string
  readonly verdict: Verdict
  /** The numbers that violate it, where the solver found some. */
  readonly counterExample?: string
}
export type Verdict = 'proved' | 'not proved' | 'counter-example'

/** The compiler's codes: of a check that is safe, and of one that is violated by numbers that it names. */
const SAFE = '2961'
const CHECK = /^BMC: (Assertion violation|Overflow|Underflow|Division by zero)/
const VIOLATED = /happens here/

/** Judges every function of the contracts by all the checks that lie inside it, and the libraries by theirs. */
export function judge(contracts: readonly Contract[], messages: readonly Message[]): Property[] {
  const checks = messages.filter(({ message }) => CHECK.test(message))
  const properties = contracts.flatMap((contract) =>
    contract.nodes
      .filter(({ nodeType, documentation }) => nodeType === 'FunctionDefinition' && documentation)
      .map((node) => {
        const inside = checks.filter(({ sourceLocation }) => liesIn(node.src, contract.file, sourceLocation))
        return toProperty(`${contract.name}.${node.name ?? ''}`, noticeOf(node.documentation?.text ?? ''), inside)
      }),
  )
  const files = new Set(contracts.map(({ file }) => file))
  const elsewhere = checks.filter(({ sourceLocation }) => sourceLocation && !files.has(sourceLocation.file))
  return [...properties, ...byFile(elsewhere)]
}

/** Checked sums and divisions of the libraries themselves, wherever the proofs call them. */
function byFile(checks: readonly Message[]): Property[] {
  const files = [...new Set(checks.map(({ sourceLocation }) => sourceLocation?.file ?? ''))].sort()
  return files.map((file) => {
    const inside = checks.filter(({ sourceLocation }) => sourceLocation?.file === file)
    return toProperty(file, 'No checked sum in it leaves its type and nothing is divided by zero.', inside)
  })
}

/** A property without a single check would be true of nothing. */
function toProperty(name: string, statement: string, checks: readonly Message[]): Property {
  const violated = checks.find(({ errorCode, message }) => errorCode !== SAFE && VIOLATED.test(message))
  if (violated) return { name, statement, verdict: 'counter-example', counterExample: valuesOf(violated) }
  const isProved = checks.length > 0 && checks.every(({ errorCode }) => errorCode === SAFE)
  return { name, statement, verdict: isProved ? 'proved' : 'not proved' }
}

/** The compiler names the values of variables line by line, below `Counterexample:`. */
function valuesOf({ secondarySourceLocations = [] }: Message): string {
  const text = secondarySourceLocations.map(({ message }) => message).find((each) => each.startsWith('Counterexample'))
  const values = [...(text ?? '').matchAll(/^ +(\w+) = (\S+)$/gm)].map(([, name, value]) => `${name} = ${value}`)
  return values.join(', ')
}

function noticeOf(text: string): string {
  return text
    .replace(/^\s*@notice\s+/, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function liesIn(src: string, file: string, place: Message['sourceLocation']): boolean {
  const [start = 0, length = 0] = src.split(':').map(Number)
  return place !== undefined && place.file === file && place.start >= start && place.end <= start + length
}
