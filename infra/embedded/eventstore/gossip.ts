import generated from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import messages from '@eventstore/db-client/generated/gossip_pb.js';
import shared from '@eventstore/db-client/generated/shared_pb.js';
import type { sendUnaryData, ServerUnaryCall } from '@grpc/grpc-js';
import type { Node } from './node.ts';
import type { Service } from './service.ts';

/** A cluster of one: this node, which leads. */
export const gossipService = (node: Node): Service => {
  const instanceId = new shared.UUID();
  instanceId.setString(node.instanceId);
  const member = (): InstanceType<typeof messages.MemberInfo> => {
    const { host, port } = node.endPoint;
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
