// Every command of the AWS SDK for JavaScript, in chapters. Prints what was called, and what there is to call.
"use strict";
const assert = require("node:assert/strict");
const kit = require("@aws-sdk/client-secrets-manager");

const FUNCTION = process.argv[2];
const KEY = "alias/ours";
const called = new Set();

function client(region, credentials) {
  const made = new kit.SecretsManagerClient({ region, credentials });
  const note = (next, context) => (args) => {
    called.add(context.commandName);
    return next(args);
  };
  made.middlewareStack.add(note, { step: "initialize" });
  return made;
}

const root = { accessKeyId: "test", secretAccessKey: "test" };
const home = client("us-east-1", root);
const abroad = client("eu-west-1", root);
const other = client("us-east-1", { accessKeyId: "111122223333", secretAccessKey: "test" });

// What a command is answered, without what describes the transport.
async function send(name, input, to = home) {
  const { $metadata, ...answer } = await to.send(new kit[`${name}Command`](input));
  assert.equal($metadata.httpStatusCode, 200);
  return answer;
}

async function refused(name, input, to = home) {
  try {
    await to.send(new kit[`${name}Command`](input));
  } catch (error) {
    assert.ok(error instanceof kit.SecretsManagerServiceException, error);
    return `${error.name}: ${error.message}`;
  }
  assert.fail(`${name} was not refused`);
}

async function pages(paginate, input, pageSize) {
  called.add(paginate);
  const found = [];
  for await (const page of kit[paginate]({ client: home, pageSize }, input)) found.push(page);
  return found;
}

const NOT_FOUND = "ResourceNotFoundException: Secrets Manager can't find the specified secret.";
const token = (number) => `${String(number).padStart(8, "0")}-0000-4000-8000-000000000000`;
const isNow = (date) => date instanceof Date && Math.abs(date - Date.now()) < 60_000;
const names = (entries) => entries.map((entry) => entry.Name);

const chapters = {
  async values() {
    const Tags = [{ Key: "team", Value: "red" }];
    const made = await send("CreateSecret", {
      Name: "S", SecretString: "one", Description: "ours", Tags, KmsKeyId: KEY, ClientRequestToken: token(1),
    });
    const of = { ARN: made.ARN, Name: "S" };
    assert.deepEqual(made, { ...of, VersionId: token(1) });
    const { CreatedDate, ...read } = await send("GetSecretValue", { SecretId: "S" });
    assert.ok(isNow(CreatedDate));
    assert.deepEqual(read, { ...of, VersionId: token(1), SecretString: "one", VersionStages: ["AWSCURRENT"] });
    const SecretBinary = Uint8Array.from([0, 255]);
    const put = await send("PutSecretValue", { SecretId: "S", SecretBinary, ClientRequestToken: token(2) });
    assert.deepEqual(put, { ...of, VersionId: token(2), VersionStages: ["AWSCURRENT"] });
    const binary = await send("GetSecretValue", { SecretId: made.ARN });
    assert.deepEqual(Array.from(binary.SecretBinary), [0, 255]);
    const move = { VersionStage: "AWSCURRENT", RemoveFromVersionId: token(2), MoveToVersionId: token(1) };
    assert.deepEqual(await send("UpdateSecretVersionStage", { SecretId: "S", ...move }), of);
    assert.deepEqual(await send("UpdateSecret", { SecretId: "S", Description: "of all" }), of);
    const told = await send("DescribeSecret", { SecretId: "S" });
    assert.ok(isNow(told.CreatedDate) && isNow(told.LastChangedDate));
    assert.deepEqual([told.Description, told.KmsKeyId, told.Tags], ["of all", KEY, Tags]);
    assert.deepEqual(told.VersionIdsToStages, { [token(1)]: ["AWSCURRENT"], [token(2)]: ["AWSPREVIOUS"] });
    const versions = await pages("paginateListSecretVersionIds", { SecretId: "S" }, 1);
    assert.deepEqual(versions.map((page) => page.Versions.length), [1, 1]);
    const ids = versions.flatMap((page) => page.Versions).map((version) => version.VersionId);
    assert.deepEqual(ids.sort(), [token(1), token(2)]);
  },

  async tagsAndLists() {
    for (const Name of ["app/0", "app/1", "app/2"]) await send("CreateSecret", { Name, SecretString: Name });
    assert.deepEqual(await send("TagResource", { SecretId: "app/1", Tags: [{ Key: "a", Value: "1" }] }), {});
    assert.deepEqual((await send("DescribeSecret", { SecretId: "app/1" })).Tags, [{ Key: "a", Value: "1" }]);
    assert.deepEqual(await send("UntagResource", { SecretId: "app/1", TagKeys: ["a"] }), {});
    assert.deepEqual((await send("DescribeSecret", { SecretId: "app/1" })).Tags, []);
    const Filters = [{ Key: "name", Values: ["app/"] }];
    const listed = await pages("paginateListSecrets", { Filters }, 2);
    assert.deepEqual(listed.map((page) => names(page.SecretList)), [["app/0", "app/1"], ["app/2"]]);
    assert.equal(listed[1].NextToken, undefined);
    const batches = await pages("paginateBatchGetSecretValue", { Filters }, 2);
    assert.deepEqual(batches.map((page) => names(page.SecretValues)), [["app/0", "app/1"], ["app/2"]]);
    const batch = await send("BatchGetSecretValue", { SecretIdList: ["app/2", "none"] });
    assert.deepEqual(batch.SecretValues.map((value) => value.SecretString), ["app/2"]);
    const [{ SecretId, ErrorCode, Message }] = batch.Errors;
    assert.deepEqual([SecretId, `${ErrorCode}: ${Message}`], ["none", NOT_FOUND]);
    assert.deepEqual(names((await send("ListSecrets", { Filters, SortOrder: "desc" })).SecretList)[0], "app/2");
  },

  async resourcePolicies() {
    const of = { ARN: (await send("CreateSecret", { Name: "P", SecretString: "one" })).ARN, Name: "P" };
    const statement = { Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" };
    const document = { Version: "2012-10-17", Statement: [statement] };
    const ResourcePolicy = JSON.stringify(document);
    const valid = await send("ValidateResourcePolicy", { SecretId: "P", ResourcePolicy });
    assert.deepEqual(valid, { PolicyValidationPassed: true, ValidationErrors: [] });
    assert.deepEqual(await send("PutResourcePolicy", { SecretId: "P", ResourcePolicy }), of);
    assert.equal(
      await refused("GetSecretValue", { SecretId: "P" }),
      "AccessDeniedException: User: arn:aws:iam::000000000000:root is not authorized to perform: " +
        "secretsmanager:GetSecretValue on resource: P with an explicit deny in a resource-based policy",
    );
    const shown = await send("GetResourcePolicy", { SecretId: "P" });
    assert.deepEqual(JSON.parse(shown.ResourcePolicy), document);
    // The newest operations, as soon as the SDK has them.
    if (kit.paginateListResourcePolicies) {
      const [listed] = await pages("paginateListResourcePolicies", { SecretId: "P" }, 1);
      assert.deepEqual(listed.ResourcePolicies, [{ PolicyName: "default" }]);
    }
    assert.deepEqual(await send("DeleteResourcePolicy", { SecretId: "P" }), of);
    assert.equal((await send("GetSecretValue", { SecretId: "P" })).SecretString, "one");
  },

  async deletion() {
    const of = { ARN: (await send("CreateSecret", { Name: "D", SecretString: "one" })).ARN, Name: "D" };
    const { DeletionDate, ...deleted } = await send("DeleteSecret", { SecretId: "D", RecoveryWindowInDays: 7 });
    assert.deepEqual(deleted, of);
    assert.ok(isNow(new Date(DeletionDate - 7 * 86_400_000)));
    assert.equal(
      await refused("GetSecretValue", { SecretId: "D" }),
      "InvalidRequestException: You can't perform this operation on the secret because it was marked for deletion.",
    );
    assert.deepEqual(await send("RestoreSecret", { SecretId: "D" }), of);
    await send("DeleteSecret", { SecretId: "D", ForceDeleteWithoutRecovery: true });
    assert.equal(await refused("DescribeSecret", { SecretId: "D" }), NOT_FOUND);
  },

  async copies() {
    const there = { Region: "eu-west-1", KmsKeyId: "alias/aws/secretsmanager" };
    const { ARN } = await send("CreateSecret", { Name: "R", SecretString: "one" });
    const replicate = { SecretId: "R", AddReplicaRegions: [{ Region: "eu-west-1" }] };
    const asked = await send("ReplicateSecretToRegions", replicate);
    assert.deepEqual(asked, { ARN, ReplicationStatus: [{ ...there, Status: "InProgress" }] });
    const [status] = (await send("DescribeSecret", { SecretId: "R" })).ReplicationStatus;
    assert.deepEqual(status, { ...there, Status: "InSync", StatusMessage: "Replication succeeded" });
    assert.equal((await send("GetSecretValue", { SecretId: "R" }, abroad)).SecretString, "one");
    const remove = { SecretId: "R", RemoveReplicaRegions: ["eu-west-1"] };
    assert.deepEqual(await send("RemoveRegionsFromReplication", remove), { ARN, ReplicationStatus: [] });
    assert.equal(await refused("GetSecretValue", { SecretId: "R" }, abroad), NOT_FOUND);
    await send("ReplicateSecretToRegions", replicate);
    const stopped = await send("StopReplicationToReplica", { SecretId: "R" }, abroad);
    assert.deepEqual(stopped, { ARN: ARN.replace("us-east-1", "eu-west-1") });
    await send("PutSecretValue", { SecretId: "R", SecretString: "there" }, abroad);
    assert.equal((await send("GetSecretValue", { SecretId: "R" })).SecretString, "one");
  },

  async copyInAnotherAccount() {
    if (!kit.AssociateCrossAccountReplicaCommand) return;
    const { ARN } = await send("CreateSecret", { Name: "X", SecretString: "one", KmsKeyId: KEY });
    const made = await send("CreateSecret", { Name: "copy", KmsKeyId: KEY, CrossAccountPrimaryARN: ARN }, other);
    const which = { SecretId: "X", CrossAccountReplicaARN: made.ARN };
    await send("AssociateCrossAccountReplica", { ...which, ReplicaRestriction: "NoRestriction" });
    assert.equal((await send("GetSecretValue", { SecretId: "copy" }, other)).SecretString, "one");
    const parted = await send("DisassociateCrossAccountReplica", which);
    assert.deepEqual(parted, { ARN, CrossAccountReplicaARN: made.ARN });
  },

  async rotation() {
    const of = { ARN: (await send("CreateSecret", { Name: "L", SecretString: "one" })).ARN, Name: "L" };
    assert.equal(
      await refused("RotateSecret", { SecretId: "L" }),
      "InvalidRequestException: No Lambda rotation function ARN is associated with this secret.",
    );
    const RotationRules = { AutomaticallyAfterDays: 30 };
    const how = { RotationLambdaARN: FUNCTION, RotationRules, ClientRequestToken: token(2) };
    assert.deepEqual(await send("RotateSecret", { SecretId: "L", ...how }), { ...of, VersionId: token(2) });
    const told = await send("DescribeSecret", { SecretId: "L" });
    assert.deepEqual([told.RotationEnabled, told.RotationRules], [true, RotationRules]);
    assert.deepEqual(told.VersionIdsToStages[token(2)], ["AWSPENDING"]);
    assert.ok(told.NextRotationDate > new Date());
    assert.deepEqual(await send("CancelRotateSecret", { SecretId: "L" }), of);
    assert.equal((await send("DescribeSecret", { SecretId: "L" })).RotationEnabled, false);
  },

  async passwords() {
    const { RandomPassword } = await send("GetRandomPassword", { PasswordLength: 20, ExcludePunctuation: true });
    assert.match(RandomPassword, /^[A-Za-z0-9]{20}$/);
  },
};

(async () => {
  for (const chapter of Object.values(chapters)) await chapter();
  const known = Object.keys(kit).filter((name) => /^\w+Command$|^paginate[A-Z]/.test(name));
  console.log(JSON.stringify({ called: [...called].sort(), known: known.sort() }));
})();
