import type {
  KyselyPlugin,
  PluginTransformQueryArgs,
  PluginTransformResultArgs,
  RootOperationNode,
  QueryResult,
  UnknownRow,
} from 'kysely'

export class StatementFailed extends Error {
  override readonly name = 'StatementFailed'
}

/** Lets statements through and fails at the n-th, as a database does that is killed there. */
export class FailAt implements KyselyPlugin {
  readonly #at: number
  #count = 0

  constructor(at: number) {
    this.#at = at
  }

  /** Whether the work ended before the statement that was to fail. */
  get isOver(): boolean {
    return this.#count < this.#at
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    this.#count += 1
    if (this.#count === this.#at) throw new StatementFailed(`statement ${String(this.#at)}`)
    return node
  }

  transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return Promise.resolve(result)
  }
}
