import solc from 'solc'
import { z } from 'zod'

/** The package's own types say nothing. */
const compile = solc.compile as (input: string, callbacks: { readonly import: FindImport }) => string
type FindImport = (name: string) => { readonly contents: string } | { readonly error: string }

/** The text of the source with this name, or undefined where there is none. */
export type ReadSource = (name: string) => string | undefined

/** A question of the compiler's to an SMT solver, by its hash, or the solver's answer to it. */
export type ByHash = Readonly<Record<string, string>>

const Message = z.object({
  errorCode: z.string().optional(),
  severity: z.string(),
  message: z.string(),
  formattedMessage: z.string(),
  sourceLocation: z.object({ file: z.string(), start: z.number(), end: z.number() }).optional(),
  secondarySourceLocations: z.array(z.object({ message: z.string() })).optional(),
})
export type Message = z.infer<typeof Message>

const Node = z.object({ nodeType: z.string(), src: z.string(), name: z.string().optional() })
const Documented = Node.extend({ documentation: z.object({ text: z.string() }).nullish() })
const Contract = Node.extend({ name: z.string(), nodes: z.array(Documented) })
export type Contract = z.infer<typeof Contract> & { readonly file: string }

const Output = z.object({
  errors: z.array(Message).default([]),
  sources: z.record(z.string(), z.object({ ast: z.object({ nodes: z.array(z.unknown()) }) })).default({}),
  auxiliaryInputRequested: z.object({ smtlib2queries: z.record(z.string(), z.string()) }).optional(),
})

export type Checked = {
  readonly messages: readonly Message[]
  readonly contracts: readonly Contract[]
  readonly queries: ByHash
}

/**
 * Compiles sources and has the compiler check every contract in them: assertions, sums that leave their type, divisions by zero.
 * It asks questions the first time and, given their answers, judges them the second time.
 */
export function check(names: readonly string[], { read, answers }: check.Options): Checked {
  const texts = names.map((name) => [name, mustRead(name, read)] as const)
  const sources = Object.fromEntries(texts.map(([name, content]) => [name, { content }]))
  const modelChecker = {
    // Not CHC: what is asked is about single calls of pure functions, and quantified Horn clauses over divisions stay open.
    engine: 'bmc',
    // The compiler's own solver gives up on bits in integers; ours does not.
    solvers: ['smtlib2'],
    targets: ['assert', 'overflow', 'underflow', 'divByZero'],
    divModNoSlacks: true,
    showProvedSafe: true,
    showUnproved: true,
    showUnsupported: true,
    contracts: Object.fromEntries(texts.map(([name, text]) => [name, contractsIn(text)])),
  }
  const settings = { modelChecker, evmVersion: 'osaka', outputSelection: { '*': { '': ['ast'] } } }
  const auxiliaryInput = answers === undefined ? {} : { auxiliaryInput: { smtlib2responses: answers } }
  const input = { language: 'Solidity', sources, settings, ...auxiliaryInput }
  const findImport: FindImport = (name) => {
    const contents = read(name)
    return contents === undefined ? { error: `there is no ${name}` } : { contents }
  }
  const output = Output.parse(JSON.parse(compile(JSON.stringify(input), { import: findImport })))
  const fatal = output.errors.filter(({ severity }) => severity === 'error')
  if (fatal.length > 0) throw new Error(fatal.map(({ formattedMessage }) => formattedMessage).join('\n'))
  return {
    messages: output.errors,
    contracts: names.flatMap((file) =>
      contractsOf(output.sources[file]?.ast.nodes ?? []).map((each) => ({ ...each, file })),
    ),
    queries: output.auxiliaryInputRequested?.smtlib2queries ?? {},
  }
}
export declare namespace check {
  type Options = { readonly read: ReadSource; readonly answers?: ByHash }
}

function mustRead(name: string, read: ReadSource): string {
  const text = read(name)
  if (text === undefined) throw new Error(`There is no ${name}.`)
  return text
}

function contractsIn(text: string): string[] {
  return [...text.matchAll(/^contract (\w+)/gm)].map(([, name = '']) => name)
}

function contractsOf(nodes: readonly unknown[]): z.infer<typeof Contract>[] {
  return nodes.flatMap((node) => {
    const parsed = Contract.safeParse(node)
    return parsed.success && parsed.data.nodeType === 'ContractDefinition' ? [parsed.data] : []
  })
}
