import generated from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import messages from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import { likeVersion } from './node.ts';
import type { Service } from './service.ts';

/** Tells clients what they may call: exactly what the given services serve. */
export const featuresService = (services: readonly Service[]): Service => {
  const answer = new messages.SupportedMethods();
  answer.setEventStoreServerVersion(likeVersion);
  const service: Service = {
    definition: generated.ServerFeaturesService,
    implementation: {
      getSupportedMethods: (_: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => done(null, answer),
    },
  };
  for (const method of [...services, service].flatMap(supportedMethods)) answer.addMethods(method);
  return service;
};

const supportedMethods = ({ definition, features = {} }: Service) =>
  Object.entries(definition).map(([key, { path }]) => {
    const [, service, method] = path.toLowerCase().split('/');
    const supported = new messages.SupportedMethod();
    supported.setServiceName(service!);
    supported.setMethodName(method!);
    supported.setFeaturesList(features[key] ?? []);
    return supported;
  });
