import { ANALYST_QUERIES, type AnalystQuery } from '../../graph/analyst-queries.js';
import { type AnalystLimits, analystRows } from '../../graph/analyst-rows.js';
import type { Subject } from '../../policies/access.js';
import { callerId } from '../http/caller.js';
import { type Answer, type Call, Endpoint, ok } from '../http/endpoint.js';
import { BadBody, BadQuery, type Mistake, NotFound } from '../http/problems.js';
import type { App } from '../wiring.js';
import { parametersOf } from './parameters.js';
import {
  AnalystAnswerView,
  AnalystQueriesView,
  AnalystQueryKey,
  AnalystQuestion,
  AnalystQuestionQuery,
} from './shapes.js';

/** Little enough that a question does not disturb the athletes whose graph it is. */
const LIMITS: AnalystLimits = { timeoutMilliseconds: 5_000, rows: 1_000, bytes: 1_000_000 };

const PROBLEMS = ['analyst-query-writes', 'analyst-query-too-long'] as const;

export class AnalystController {
  constructor(private readonly app: App) {}

  @Endpoint('GET /v1/analyst/queries', {
    action: 'analyst.listQueries',
    decided: 'atDoor',
    summary: 'List the queries that analysts may run',
    description: 'Each is a file of `graph/queries/`, where its text can be read.',
    answers: { 200: AnalystQueriesView },
  })
  async list(): Promise<Answer> {
    const named = ({ name, type }: AnalystQuery['columns'][number]) => ({ name, type });
    const items = [...ANALYST_QUERIES.values()].map(({ name, answers, parameters, columns }) => ({
      name,
      answers,
      parameters: parameters.map(named),
      columns: columns.map(named),
    }));
    return ok({ items });
  }

  @Endpoint('GET /v1/analyst/queries/{name}', {
    action: 'analyst.runQuery',
    decided: 'inside',
    summary: 'Run a query on the live graph',
    params: AnalystQueryKey,
    query: AnalystQuestionQuery,
    answers: { 200: AnalystAnswerView },
    problems: PROBLEMS,
  })
  async ask({
    subject,
    params,
    query,
  }: Call<{ params: typeof AnalystQueryKey; query: typeof AnalystQuestionQuery }>): Promise<Answer> {
    const refuse = (mistakes: readonly Mistake[]) => new BadQuery(mistakes);
    return this.#answer(subject, params.name, () => parsed(query.parameters), refuse);
  }

  @Endpoint('POST /v1/analyst/queries/{name}', {
    action: 'analyst.runQuery',
    decided: 'inside',
    summary: 'Run a query on the live graph, with the parameters in the body',
    description: 'It only reads, and takes five seconds, a thousand rows and a megabyte at most.',
    params: AnalystQueryKey,
    body: AnalystQuestion,
    answers: { 200: AnalystAnswerView },
    problems: PROBLEMS,
  })
  async run({
    subject,
    params,
    body,
  }: Call<{ params: typeof AnalystQueryKey; body: typeof AnalystQuestion }>): Promise<Answer> {
    const refuse = (mistakes: readonly Mistake[]) => new BadBody(mistakes);
    return this.#answer(subject, params.name, () => body.parameters, refuse);
  }

  async #answer(
    subject: Subject,
    name: string,
    given: () => Readonly<Record<string, unknown>>,
    refuse: (mistakes: readonly Mistake[]) => Error,
  ): Promise<Answer> {
    const { access, graph, masterKey } = this.app;
    // Before anything is told or done: also which queries there are is for analysts.
    access.require(subject, 'analyst.runQuery', { resource: { kind: 'analystQuery', id: name }, facts: {} });
    const query = ANALYST_QUERIES.get(name);
    if (!query) throw new NotFound('query');
    const parameters = parametersOf(query, given());
    if ('mistakes' in parameters) throw refuse(parameters.mistakes);
    const key = masterKey.pseudonymKey(callerId(subject));
    const sealed = await analystRows(graph, query, parameters.values, { key, limits: LIMITS });
    const { rows, isCut, isPseudonymous } = access.open(subject, 'analyst.runQuery', sealed);
    return ok({ name, isPseudonymous, isCut, rows });
  }
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  if (text === undefined) return {};
  try {
    return AnalystQuestion.shape.parameters.parse(JSON.parse(text));
  } catch {
    throw new BadQuery([
      { path: 'parameters', message: 'must be a JSON object of texts, numbers, booleans and lists' },
    ]);
  }
}
