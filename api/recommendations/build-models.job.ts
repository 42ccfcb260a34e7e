import { buildAthleteModel, canBuildAthleteModel } from '../../graph/athlete-model.js';
import { systemSubject } from '../../policies/subject.js';
import { job } from '../jobs/job.js';
import type { App } from '../wiring.js';

/** What of the app it takes to build models. */
interface ModelBuilder extends Pick<App, 'access' | 'graph' | 'now'> {
  readonly log: Pick<App['log'], 'info'>;
}

/** Finds out every night who belongs together, where the graph has Graph Data Science. */
export const buildModels = job({
  name: 'models.build',
  every: { seconds: 86_400 },
  run: async ({ access, graph, log, now }: ModelBuilder) => {
    if (!(await canBuildAthleteModel(graph))) {
      log.info(
        'the graph has no Graph Data Science, so there is no nightly model: recommendations do without',
      );
      return;
    }
    const resource = { kind: 'model', id: 'athletes' };
    const subject = systemSubject('worker', 'nightly');
    const grant = access.require(subject, 'model.build', { resource, facts: {} });
    const model = await buildAthleteModel(graph, grant, now());
    if (model) log.info(model, 'the model of athletes was built');
    else log.info('nobody follows anybody yet, so there is nothing to build a model of');
  },
});
