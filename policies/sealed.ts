/** What the policy may know: enumerations, booleans, counts and ids; never text, places or measurements. */
export type FactValue = boolean | number | string | readonly string[];
export type Facts = Readonly<Record<string, FactValue>>;

/** The thing an access is about. `ownerId` is the athlete whose data it is. */
export interface Resource {
  readonly kind: string;
  readonly id: string;
  readonly ownerId?: string;
}

/**
 * Something read from a store that only the policy engine opens.
 *
 * The content is made when it is opened, so whatever is encrypted stays so for everyone who is refused.
 * It cannot reach the wire by accident: it has no public content and refuses to be serialised.
 */
export class Sealed<Content> {
  readonly #content: () => Content;

  constructor(
    readonly resource: Resource,
    readonly facts: Facts,
    content: () => Content,
  ) {
    this.#content = content;
  }

  toJSON(): never {
    throw new Error(
      `a sealed ${this.resource.kind} was about to be serialised; open it through Access first`,
    );
  }

  /** For `policies/access.ts` alone; `test/boundaries.test.ts` refuses any other caller. */
  static unseal<Content>(sealed: Sealed<Content>): Content {
    return sealed.#content();
  }
}
