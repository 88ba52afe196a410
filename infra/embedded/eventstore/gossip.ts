import { randomUUID } from 'node:crypto';
import generated from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import messages from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { EndPoint } from './listen.ts';
import type { Service } from './service.ts';

/** A cluster of one: this node, which leads. The end point is asked for late, as the port may be chosen late. */
export const gossipService = (endPoint: () => EndPoint): Service => {
  const instanceId = new shared.UUID();
  instanceId.setString(randomUUID());
  const member = (): InstanceType<typeof messages.MemberInfo> => {
    const { host, port } = endPoint();
    const address = new messages.EndPoint();
    address.setAddress(host);
    address.setPort(port);
    const info = new messages.MemberInfo();
    info.setInstanceId(instanceId);
    info.setTimeStamp(`${Date.now()}0000`);
    info.setState(messages.MemberInfo.VNodeState.LEADER);
    info.setIsAlive(true);
    info.setHttpEndPoint(address);
    return info;
  };
  return {
    definition: generated.GossipService,
    implementation: {
      read: (_: ServerUnaryCall<unknown, unknown>, done: sendUnaryData<unknown>) => {
        const cluster = new messages.ClusterInfo();
        cluster.addMembers(member());
        done(null, cluster);
      },
    },
  };
};
