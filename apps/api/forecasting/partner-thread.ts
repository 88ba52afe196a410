/** A second thread for passes over a long history: takes part in those that it is told of. */
import { takePart, type SharedPass } from '@funnel/forecasting';
import { parentPort } from 'node:worker_threads';

parentPort?.on('message', (shared: SharedPass) => takePart(shared));
