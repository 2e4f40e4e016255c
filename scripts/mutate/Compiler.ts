import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { Node } from './Ast.ts'
import { isNode } from './Ast.ts'
import type { Input } from './Build.ts'
import { MutateError } from './MutateError.ts'

const References = z.record(z.string(), z.array(z.object({ start: z.number(), length: z.number() })))
const Compiled = z.object({
  evm: z.object({
    bytecode: z.object({ object: z.string() }),
    deployedBytecode: z.object({ object: z.string(), immutableReferences: References.optional() }),
  }),
})
const Output = z.object({
  errors: z.array(z.object({ severity: z.string(), formattedMessage: z.string() })).optional(),
  sources: z.record(z.string(), z.object({ ast: z.custom<Node>(isNode).optional() })).optional(),
  contracts: z.record(z.string(), z.record(z.string(), Compiled)).optional(),
})

/** A contract's code, as its artifact keeps it. */
export type Code = {
  readonly sourceName: string
  readonly name: string
  readonly bytecode: string
  readonly deployedBytecode: string
  readonly immutableReferences: z.infer<typeof References>
}

/** A contract by where it stands. */
export type ContractName = { readonly sourceName: string; readonly name: string }

/** solc's WebAssembly build on a thread of its own; one question at a time. */
export class Compiler {
  readonly #worker = new Worker(join(import.meta.dirname, 'compileWorker.ts'))

  /** Every source's syntax tree. */
  async trees(input: Input): Promise<ReadonlyMap<string, Node>> {
    const { errors, sources = {} } = await this.#ask(input, { '*': { '': ['ast'] } })
    if (errors.length > 0) throw new MutateError(errors.join('\n'), { next: 'Mend the contracts first.' })
    const trees = Object.entries(sources).flatMap(([name, { ast }]) =>
      ast === undefined ? [] : [[name, ast] as const],
    )
    return new Map(trees)
  }

  /** The code of some contracts; undefined when it does not compile. */
  async compile(input: Input, wanted: readonly ContractName[]): Promise<readonly Code[] | undefined> {
    const selection: Record<string, Record<string, string[]>> = {}
    for (const { sourceName, name } of wanted) {
      const outputs = ['evm.bytecode.object', 'evm.deployedBytecode.object', 'evm.deployedBytecode.immutableReferences']
      selection[sourceName] = { ...selection[sourceName], [name]: outputs }
    }
    const { errors, contracts } = await this.#ask(input, selection)
    if (errors.length > 0) return undefined
    return wanted.map(({ sourceName, name }) => {
      const compiled = contracts?.[sourceName]?.[name]
      if (compiled === undefined) throw new MutateError(`solc left out ${name}.`, { next: 'Report this as a bug.' })
      const { bytecode, deployedBytecode } = compiled.evm
      return {
        ...{ sourceName, name, bytecode: `0x${bytecode.object}`, deployedBytecode: `0x${deployedBytecode.object}` },
        immutableReferences: deployedBytecode.immutableReferences ?? {},
      }
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  async #ask(input: Input, outputSelection: unknown) {
    this.#worker.postMessage(JSON.stringify({ ...input, settings: { ...input.settings, outputSelection } }))
    const [answer] = (await once(this.#worker, 'message')) as [string]
    const { errors = [], ...rest } = Output.parse(JSON.parse(answer))
    const fatal = errors.filter(({ severity }) => severity === 'error').map(({ formattedMessage }) => formattedMessage)
    return { ...rest, errors: fatal }
  }
}
