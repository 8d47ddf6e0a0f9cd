"""Accounts: each its own world, and what one lets another read."""

import pytest

from clients import Account, Key, Refusal, answer
from denials import denied, denied_by_query, explicit, implicit, session, unexplained, user
from readers import READ, new_user, policy
from roles import ASSUME, assume, document, new_role, statement, trust
from test_credentials import INVALID, MISMATCH
from test_lifecycle import NOT_FOUND

OWNER, CALLER = "111122223333", "444455556666"
GET = "secretsmanager:GetSecretValue"
BOB = user("bob", CALLER)
RESOURCE = "resource-based policy"


def root_of(account):
    """The key of the root user of an account: any twelve digits, and a secret that all know."""
    return Key(account, "test")


class Accounts:
    """A secret in one account, with a key of its own so that others can read it, and Bob in the other."""

    def __init__(self, url):
        self.owner, self.caller = Account(url, root_of(OWNER)), Account(url, root_of(CALLER))
        made = answer(self.owner.secrets.create_secret, Name="shared", SecretString="ours", KmsKeyId="alias/ours")
        self.secret = made["ARN"]
        self.bob = new_user(self.caller, "bob").key

    def allow_bob(self, *actions):
        """Bob's own half: what his account lets him do."""
        put = {"UserName": "bob", "PolicyName": "half"}
        answer(self.caller.iam.put_user_policy, **put, PolicyDocument=policy("Allow", *actions))

    def share(self, principal, effect="Allow"):
        """The secret's half: whom it lets read."""
        text = document(statement(effect, GET, Principal=principal, Resource="*"))
        answer(self.owner.secrets.put_resource_policy, SecretId="shared", ResourcePolicy=text)


@pytest.fixture
def accounts(server):
    return Accounts(server.url)


def read(client, who, name):
    return client.call(who, "secretsmanager", "GetSecretValue", SecretId=name)["SecretString"]


def refused(client, who, name):
    return client.refused(who, "secretsmanager", "GetSecretValue", SecretId=name)


def test_twelve_digits_are_an_account(server, client):
    for account in (OWNER, CALLER, "000000000000"):
        identity = client.call(root_of(account), "sts", "GetCallerIdentity")
        arn = f"arn:aws:iam::{account}:root"
        assert identity == {"UserId": account, "Account": account, "Arn": arn}
    # Neither fewer nor more are, and the secret is one.
    for digits in (OWNER[:-1], OWNER + "4"):
        told = client.refused(root_of(digits), "sts", "GetCallerIdentity")
        assert told == Refusal("InvalidClientTokenId", INVALID)
    told = client.refused(Key(OWNER, "tset"), "sts", "GetCallerIdentity")
    assert told == Refusal("SignatureDoesNotMatch", MISMATCH)


def test_an_account_knows_nothing_of_another(accounts, boto):
    owner, caller = root_of(OWNER), root_of(CALLER)
    new_user(accounts.owner, "bob")
    answer(accounts.caller.secrets.create_secret, Name="shared", SecretString="theirs")
    assert (read(boto, owner, "shared"), read(boto, caller, "shared")) == ("ours", "theirs")
    listed = boto.call(caller, "secretsmanager", "ListSecrets")["SecretList"]
    assert [CALLER in entry["ARN"] for entry in listed] == [True]
    for who, account in ((owner, OWNER), (caller, CALLER)):
        [bob] = boto.call(who, "iam", "ListUsers")["Users"]
        assert bob["Arn"] == user("bob", account)


def test_both_halves_allow(accounts, client):
    accounts.share({"AWS": BOB})
    accounts.allow_bob(GET)
    assert read(client, accounts.bob, accounts.secret) == "ours"
    # A partial ARN is an ARN.
    assert read(client, accounts.bob, accounts.secret.rpartition("-")[0]) == "ours"


def test_the_secret_s_half_is_missing(accounts, client):
    accounts.allow_bob(GET)
    told = refused(client, accounts.bob, accounts.secret)
    assert told == denied(implicit(BOB, GET, accounts.secret, RESOURCE))


def test_the_caller_s_half_is_missing(accounts, client):
    accounts.share({"AWS": BOB})
    told = refused(client, accounts.bob, accounts.secret)
    assert told == denied(implicit(BOB, GET, accounts.secret))


def test_a_half_denies(accounts, client):
    accounts.allow_bob(GET)
    accounts.share({"AWS": BOB}, "Deny")
    told = refused(client, accounts.bob, accounts.secret)
    assert told == denied(explicit(BOB, GET, accounts.secret, "a resource-based policy"))
    accounts.share({"AWS": BOB})
    put = {"UserName": "bob", "PolicyName": "deny", "PolicyDocument": policy("Deny", GET)}
    answer(accounts.caller.iam.put_user_policy, **put)
    told = refused(client, accounts.bob, accounts.secret)
    assert told == denied(explicit(BOB, GET, accounts.secret))


def test_a_friendly_name_is_looked_for_at_home(accounts, client):
    accounts.share({"AWS": BOB})
    accounts.allow_bob(GET)
    not_found = Refusal(NOT_FOUND.type, NOT_FOUND.message)
    assert refused(client, accounts.bob, "shared") == not_found
    answer(accounts.caller.secrets.create_secret, Name="shared", SecretString="theirs")
    assert read(client, accounts.bob, "shared") == "theirs"
    assert read(client, accounts.bob, accounts.secret) == "ours"


def test_an_account_that_is_trusted_lets_its_own_decide(accounts, client):
    accounts.share({"AWS": CALLER})
    told = refused(client, accounts.bob, accounts.secret)
    assert told == denied(implicit(BOB, GET, accounts.secret))
    accounts.allow_bob(GET)
    assert read(client, accounts.bob, accounts.secret) == "ours"
    assert read(client, root_of(CALLER), accounts.secret) == "ours"
    # A third account was not meant.
    stranger = root_of("777788889999")
    told = refused(client, stranger, accounts.secret)
    assert told == denied(implicit("arn:aws:iam::777788889999:root", GET, accounts.secret, RESOURCE))


def test_what_is_encrypted_with_aws_s_key_stays_in_its_account(accounts, client):
    accounts.share({"AWS": BOB})
    accounts.allow_bob(GET)
    answer(accounts.owner.secrets.update_secret, SecretId="shared", KmsKeyId="alias/aws/secretsmanager")
    sentence = (
        "You can't access a secret from a different AWS account if you encrypt the secret with the default KMS "
        "service key."
    )
    assert refused(client, accounts.bob, accounts.secret) == Refusal("InvalidRequestException", sentence)


def test_sharing_lets_read_and_no_more(accounts, client):
    accounts.share({"AWS": BOB})
    accounts.allow_bob("secretsmanager:*")
    put = {"SecretId": accounts.secret, "SecretString": "changed"}
    told = client.refused(accounts.bob, "secretsmanager", "PutSecretValue", **put)
    assert told == denied(implicit(BOB, "secretsmanager:PutSecretValue", accounts.secret, RESOURCE))
    assert read(client, root_of(OWNER), "shared") == "ours"


def test_a_role_of_the_other_account_finds_the_friendly_name(accounts, home, client):
    role = new_role(accounts.owner, "visitor", trust({"AWS": CALLER}), READ)
    assert role == f"arn:aws:iam::{OWNER}:role/visitor"
    keys = {"aws_access_key_id": accounts.bob.id, "aws_secret_access_key": accounts.bob.secret}
    home.configure(bob=keys, visitor={"role_arn": role, "source_profile": "bob", "role_session_name": "bob"})
    # Both halves are needed here too, and neither is named.
    not_assumed = denied_by_query(unexplained(BOB, ASSUME, role))
    assert refused(client, "visitor", "shared") == not_assumed
    accounts.allow_bob(ASSUME)
    assert client.call("visitor", "sts", "GetCallerIdentity")["Arn"] == session("visitor", "bob", OWNER)
    assert read(client, "visitor", "shared") == "ours"
    nobody = new_role(accounts.owner, "closed", trust({"AWS": OWNER}), READ)
    sent = {"RoleArn": nobody, "RoleSessionName": "bob"}
    told = client.refused(accounts.bob, "sts", "AssumeRole", **sent)
    assert told == denied_by_query(unexplained(BOB, ASSUME, nobody))


def test_a_role_of_the_caller_s_account_is_named_by_the_secret(accounts, boto):
    role = new_role(accounts.caller, "reader", allowed=READ, trusted=trust({"AWS": CALLER}))
    accounts.allow_bob(ASSUME)
    key = assume(Account(accounts.owner.url, accounts.bob), role)
    told = refused(boto, key, accounts.secret)
    assert told == denied(implicit(session("reader", account=CALLER), GET, accounts.secret, RESOURCE))
    accounts.share({"AWS": role})
    assert read(boto, key, accounts.secret) == "ours"
    assert refused(boto, accounts.bob, accounts.secret).type == "AccessDeniedException"


def test_each_key_says_its_account(accounts, client):
    answered = client.call(root_of(OWNER), "sts", "GetAccessKeyInfo", AccessKeyId=accounts.bob.id)
    assert answered == {"Account": CALLER}
