//! That what is not in the models is found.

use serde_json::Value;

use super::*;
use crate::Output;

fn of(operation: &str, status: u16, body: &str) -> Vec<String> {
    offences(&Step {
        operation: operation.to_owned(),
        input: Value::Null,
        status: Some(status),
        output: Output::read(body.as_bytes()),
    })
}

#[track_caller]
fn finds(operation: &str, status: u16, body: &str, offence: &str) {
    let found = of(operation, status, body);
    let ends: Vec<&str> = found
        .iter()
        .filter_map(|it| it.rsplit(": ").next())
        .collect();
    let expected: Vec<&str> = Some(offence)
        .into_iter()
        .filter(|it| !it.is_empty())
        .collect();
    assert_eq!(ends, expected, "{body}");
}

const IAM: &str = "https://iam.amazonaws.com/doc/2010-05-08/";
const META: &str = "<ResponseMetadata><RequestId>r</RequestId></ResponseMetadata>";

const USER: &str = "<Path>/</Path><UserName>u</UserName><UserId>AIDAQAAAAAAAAAAAAAAAA</UserId>\
    <Arn>arn:aws:iam::000000000000:user/u</Arn><CreateDate>2026-11-28T09:05:00Z</CreateDate>";

fn user(user: &str) -> String {
    format!(
        "<GetUserResponse xmlns=\"{IAM}\"><GetUserResult><User>{user}</User></GetUserResult>{META}</GetUserResponse>"
    )
}

#[test]
fn members_of_answers() {
    let tags = |tags: &str| user(&format!("{USER}<Tags>{tags}</Tags>"));
    let changed = |from: &str, to: &str| user(&USER.replace(from, to));
    finds("iam GetUser", 200, &user(USER), "");
    let tag = "<member><Key>k</Key><Value/></member>";
    finds("iam GetUser", 200, &tags(tag), "");
    finds("iam GetUser", 200, &tags(""), "");
    for (body, offence) in [
        (changed("<Path>/</Path>", ""), ".User.Path is missing"),
        (changed("<Path>/</Path>", "<Path/>"), "0 is less than 1"),
        (
            changed("</Path>", "</Path><Path>/</Path>"),
            ".User.Path is there twice",
        ),
        (
            changed("AIDAQAAAAAAAAAAAAAAAA", "AIDA"),
            "4 is less than 16",
        ),
        (
            user(&format!("{USER}<Age>1</Age>")),
            ".User.Age is no member",
        ),
        (
            tags("<Tag><Key>k</Key><Value>v</Value></Tag>"),
            ".User.Tags[0] is called Tag",
        ),
        (
            tags("<member><Key>k</Key></member>"),
            ".User.Tags[0].Value is missing",
        ),
        (tags("text"), ".User.Tags is <Tags>text</Tags>"),
        (tags(&tag.repeat(51)), "51 is more than 50"),
    ] {
        finds("iam GetUser", 200, &body, offence);
    }
    for date in [
        "2026-11-28T09:05:00.5Z",
        "2026-11-28",
        "1764320700",
        "2026-13-28T09:05:00Z",
    ] {
        let offence = format!(".User.CreateDate is <CreateDate>{date}</CreateDate>");
        let found = of("iam GetUser", 200, &changed("2026-11-28T09:05:00Z", date));
        assert!(
            found.len() == 1 && found[0].ends_with(&offence),
            "{found:?}"
        );
    }
}

#[test]
fn the_root_user() {
    let root = "<UserId>000000000000</UserId><Arn>arn:aws:iam::000000000000:root</Arn>\
                <CreateDate>2026-11-28T09:05:00Z</CreateDate>";
    finds("iam GetUser", 200, &user(root), "");
    let other = root.replace(":root", ":user/root");
    assert_eq!(of("iam GetUser", 200, &user(&other)).len(), 3);
    let more = format!("{root}<Age>1</Age>");
    finds("iam GetUser", 200, &user(&more), ".User.Age is no member");
}

#[test]
fn the_type_of_a_boundary() {
    let bound = |kind: &str| {
        user(&format!(
            "{USER}<PermissionsBoundary><PermissionsBoundaryType>{kind}</PermissionsBoundaryType></PermissionsBoundary>"
        ))
    };
    finds("iam GetUser", 200, &bound("Policy"), "");
    assert_eq!(of("iam GetUser", 200, &bound("Group")).len(), 1);
}

#[test]
fn names_of_context_keys() {
    let names = |operation: &str, member: &str| {
        format!(
            "<{operation}Response xmlns=\"{IAM}\"><{operation}Result><{member}><member>*</member></{member}>\
             </{operation}Result>{META}</{operation}Response>"
        )
    };
    let get = "GetContextKeysForCustomPolicy";
    finds(
        &format!("iam {get}"),
        200,
        &names(get, "ContextKeyNames"),
        "",
    );
    let other = names(get, "ContextKeys");
    finds(
        &format!("iam {get}"),
        200,
        &other,
        ".ContextKeys is no member",
    );
}

#[test]
fn numbers_words_and_maps() {
    let keys = |status: &str, truncated: &str| {
        format!(
            "<ListAccessKeysResponse xmlns=\"{IAM}\"><ListAccessKeysResult><AccessKeyMetadata><member>\
             <Status>{status}</Status></member></AccessKeyMetadata><IsTruncated>{truncated}</IsTruncated>\
             </ListAccessKeysResult>{META}</ListAccessKeysResponse>"
        )
    };
    let list = "iam ListAccessKeys";
    finds(list, 200, &keys("Active", "false"), "");
    finds(
        list,
        200,
        &keys("Active", "False"),
        ".IsTruncated is <IsTruncated>False</IsTruncated>",
    );
    let words = ".AccessKeyMetadata[0].Status is active, and not one of [\"Active\", \"Inactive\", \"Expired\"]";
    finds(list, 200, &keys("active", "false"), words);
    let page = "with the marker None";
    let truncated = of(list, 200, &keys("Active", "true"));
    assert!(
        truncated.len() == 1 && truncated[0].contains(page),
        "{truncated:?}"
    );
    let silent = keys("Active", "").replace("<IsTruncated></IsTruncated>", "");
    assert!(of(list, 200, &silent)[0].contains(page));
    let summary = |entry: &str| {
        format!(
            "<GetAccountSummaryResponse xmlns=\"{IAM}\"><GetAccountSummaryResult><SummaryMap>{entry}</SummaryMap>\
             </GetAccountSummaryResult>{META}</GetAccountSummaryResponse>"
        )
    };
    let entry = |value: &str| {
        summary(&format!(
            "<entry><key>Users</key><value>{value}</value></entry>"
        ))
    };
    finds("iam GetAccountSummary", 200, &entry("3"), "");
    finds(
        "iam GetAccountSummary",
        200,
        &entry("+3"),
        ".SummaryMap.Users is <value>+3</value>",
    );
    let item = summary("<member><key>Users</key><value>3</value></member>");
    finds(
        "iam GetAccountSummary",
        200,
        &item,
        ".SummaryMap holds member",
    );
}

#[test]
fn envelopes() {
    let get = "iam GetUser";
    let delete = |result: &str| {
        format!("<DeleteUserResponse xmlns=\"{IAM}\">{result}{META}</DeleteUserResponse>")
    };
    finds("iam DeleteUser", 200, &delete(""), "");
    let result = "DeleteUserResponse holds [\"DeleteUserResult\", \"ResponseMetadata\"], and not [\"ResponseMetadata\"]";
    finds(
        "iam DeleteUser",
        200,
        &delete("<DeleteUserResult/>"),
        result,
    );
    // An output without members has a result all the same.
    let update = format!("<UpdateRoleResponse xmlns=\"{IAM}\">{META}</UpdateRoleResponse>");
    let no_result = "UpdateRoleResponse holds [\"ResponseMetadata\"], and not [\"UpdateRoleResult\", \"ResponseMetadata\"]";
    finds("iam UpdateRole", 200, &update, no_result);
    let empty = user(USER).replace("<RequestId>r</RequestId>", "<RequestId/>");
    finds(get, 200, &empty, "RequestId is empty");
    let lost = user(USER).replace(META, "<ResponseMetadata/>");
    finds(
        get,
        200,
        &lost,
        "ResponseMetadata holds [], and not [\"RequestId\"]",
    );
    let foreign = user(USER).replace(IAM, "urn");
    finds(get, 200, &foreign, "the namespace is Some(\"urn\")");
    let root = user(USER).replace("GetUserResponse", "GetUserAnswer");
    finds(get, 200, &root, "the root is GetUserAnswer");
    finds(
        "iam GetNothing",
        200,
        &user(USER),
        "there is no such operation",
    );
    finds(get, 200, "{}", "no XML");
    finds(get, 200, "", "no XML");
    finds(get, 200, "<GetUserResponse>", "no XML");
}

#[test]
fn errors() {
    let error = |side: &str, code: &str| {
        format!(
            "<ErrorResponse xmlns=\"{IAM}\"><Error><Type>{side}</Type><Code>{code}</Code><Message>m</Message></Error>\
             <RequestId>r</RequestId></ErrorResponse>"
        )
    };
    let get = "iam GetUser";
    finds(get, 404, &error("Sender", "NoSuchEntity"), "");
    finds(get, 500, &error("Receiver", "ServiceFailure"), "");
    finds(get, 403, &error("Sender", "AccessDenied"), "");
    finds("iam GetNothing", 400, &error("Sender", "InvalidAction"), "");
    // Seen, though not in the model.
    finds("iam CreateRole", 404, &error("Sender", "NoSuchEntity"), "");
    let parameter = error("Sender", "InvalidParameterValue");
    let sts = parameter.replace(IAM, "https://sts.amazonaws.com/doc/2011-06-15/");
    finds("sts AssumeRole", 400, &sts, "");
    let of_sts = "\"InvalidParameterValue\" is no error of this operation";
    finds(get, 400, &parameter, of_sts);
    for (status, side, code, offence) in [
        (
            400,
            "Sender",
            "NoSuchEntity",
            "NoSuchEntity has the status 400, and not 404",
        ),
        (
            400,
            "Sender",
            "AccessDenied",
            "AccessDenied has the status 400, and not 403",
        ),
        (
            409,
            "Sender",
            "DeleteConflict",
            "\"DeleteConflict\" is no error of this operation",
        ),
        (
            404,
            "Receiver",
            "NoSuchEntity",
            "Receiver is at fault with 404",
        ),
        (
            500,
            "Sender",
            "ServiceFailure",
            "Sender is at fault with 500",
        ),
    ] {
        finds(get, status, &error(side, code), offence);
    }
    let good = error("Sender", "NoSuchEntity");
    let swapped = good.replace(
        "<Type>Sender</Type><Code>NoSuchEntity</Code>",
        "<Code>NoSuchEntity</Code><Type>Sender</Type>",
    );
    finds(
        get,
        404,
        &swapped,
        "Error holds [\"Code\", \"Type\", \"Message\"], and not [\"Type\", \"Code\", \"Message\"]",
    );
    let silent = good.replace("<Message>m</Message>", "<Message/>");
    finds(get, 404, &silent, "Message is empty");
    let wrapped = good.replace("<RequestId>r</RequestId>", META);
    finds(
        get,
        404,
        &wrapped,
        "ErrorResponse holds [\"Error\", \"ResponseMetadata\"], and not [\"Error\", \"RequestId\"]",
    );
}

#[test]
fn other_services_are_not_judged() {
    assert_eq!(of("kms Decrypt", 200, "anything"), Vec::<String>::new());
    assert_eq!(of("?", 200, "anything"), Vec::<String>::new());
    let sts = "sts secretsmanager.TagResource";
    assert_eq!((of(sts, 200, "").len(), of(sts, 200, "{}").len()), (0, 1));
}
