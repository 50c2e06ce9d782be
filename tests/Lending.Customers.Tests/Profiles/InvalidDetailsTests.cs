using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lending.Customers.Profiles;
using Lending.Customers.Tests.Fakes;
using Lending.Testing;

namespace Lending.Customers.Tests.Profiles;

/// <summary>What no slice that writes customers takes, and that nothing is stored then.</summary>
public class InvalidDetailsTests(CustomersFixture host)
{
    public enum WriteSlice
    {
        Create,
        Update,
        Patch,
        Register,
    }

    private static readonly string[] RequiredFields =
    [
        "firstName",
        "lastName",
        "email",
        "phoneNumber",
        "addressLine1",
        "city",
        "postalCode",
        "country",
    ];

    private static readonly string[] Fields = [.. typeof(CustomerFields).GetProperties().Select(NameOf)];

    // How long a column's text may be. An e-mail address that is too long is no address, either, and a language is a word of a list: they have rows of their own.
    private static readonly Dictionary<string, int> MaximumLengths = typeof(Customer)
        .GetProperties()
        .Where(property =>
            property.IsDefined(typeof(MaxLengthAttribute)) && property.Name is not (nameof(Customer.Email) or nameof(Customer.Language))
        )
        .ToDictionary(NameOf, property => property.GetCustomAttribute<MaxLengthAttribute>()!.Length, StringComparer.Ordinal);

    public static TheoryData<WriteSlice> Slices => new(Enum.GetValues<WriteSlice>());

    /// <summary>Slice, field, its value as JSON, and the code of the failure.</summary>
    public static TheoryData<WriteSlice, string, string, string> WrongValues()
    {
        var rows = new List<(string Field, string Json, string Code)>();
        foreach (var field in RequiredFields)
        {
            rows.Add((field, "null", "not-empty"));
            rows.Add((field, "\"\"", "not-empty"));
            rows.Add((field, "\" \\t \"", "not-empty"));
        }
        foreach (var (field, maximum) in MaximumLengths)
        {
            rows.Add((field, $"\"{new string('ü', maximum + 1)}\"", "maximum-length"));
            rows.Add((field, "\"a\\nb\"", "control-character"));
        }
        foreach (var field in Fields)
        {
            foreach (var json in (string[])["1", "true", "[]", "{}", "\"a\\u0000b\"", "\"\\ud800\""])
            {
                rows.Add((field, json, "wrong-type"));
            }
        }
        foreach (
            var email in (string[])["plain", "@b.example", "a@", "a@b", "a b@c.example", "a@b@c.example", "a@b..example", "a@.example"]
        )
        {
            rows.Add(("email", $"\"{email}\"", "invalid-email"));
        }
        rows.Add(("email", $"\"{new string('a', 65)}@b.example\"", "invalid-email"));
        rows.Add(("email", $"\"a@{new string('b', 250)}.example\"", "maximum-length"));
        foreach (
            var number in (string[])["0711 1234567", "+0711 123456", "+49 123", "+49 123 456 789 012 34", "+49 abc", "++49 711 123456"]
        )
        {
            rows.Add(("phoneNumber", $"\"{number}\"", "invalid-phone-number"));
        }
        foreach (var country in (string[])["XX", "DEU", "D", "Germany", "UK", "ß"])
        {
            rows.Add(("country", $"\"{country}\"", "unknown-country"));
        }
        foreach (var language in (string[])["fr", "DE", "de-DE", "German"])
        {
            rows.Add(("language", $"\"{language}\"", "unknown-language"));
        }
        var data = new TheoryData<WriteSlice, string, string, string>();
        foreach (var slice in Enum.GetValues<WriteSlice>())
        {
            foreach (var (field, json, code) in rows)
            {
                data.Add(slice, field, json, code);
            }
        }
        return data;
    }

    [Theory]
    [MemberData(nameof(WrongValues))]
    public async Task A_wrong_value_is_refused_by_name_and_nothing_is_stored(WriteSlice slice, string field, string json, string code)
    {
        var call = await PrepareAsync(slice);
        // As text: JsonNode would not write a broken surrogate.
        var body = slice == WriteSlice.Patch ? $$"""{"{{field}}":{{json}}}""" : With(call.Body, field, json);

        var refused = (await call.Client.SendAsync(call.Method, call.Path, body)).ShouldBeProblem(
            HttpStatusCode.BadRequest,
            "validation-failed"
        );

        // A patch is read as a whole, before anybody looks at its members.
        var isUnreadable = slice == WriteSlice.Patch && json.Contains("ud800", StringComparison.Ordinal);
        refused.WrongFields.ShouldBe([isUnreadable ? "body" : field]);
        refused.Json.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe(code);
        await call.NothingStored();
    }

    [Theory]
    [InlineData(WriteSlice.Create)]
    [InlineData(WriteSlice.Update)]
    [InlineData(WriteSlice.Register)]
    public async Task Every_required_field_that_is_missing_is_named_at_once(WriteSlice slice)
    {
        var call = await PrepareAsync(slice);

        var refused = await call.Client.SendAsync(call.Method, call.Path, "{}");

        refused.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        refused.WrongFields.ShouldBe(slice == WriteSlice.Register ? [.. RequiredFields, "username", "password"] : RequiredFields);
        await call.NothingStored();
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task All_wrong_values_are_named_at_once(WriteSlice slice)
    {
        var call = await PrepareAsync(slice);
        var body = JsonNode.Parse(call.Body)!.AsObject();
        (body["email"], body["phoneNumber"], body["country"], body["state"]) = ("no", "no", "no country", new string('x', 101));

        var refused = await call.Client.SendAsync(call.Method, call.Path, body);

        refused.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed");
        refused.WrongFields.ShouldBe(["email", "phoneNumber", "state", "country"]);
        await call.NothingStored();
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task What_only_the_system_writes_is_an_unknown_member(WriteSlice slice)
    {
        foreach (var member in (string[])["id", "fullName", "createdBy", "createdAt", "organizationId", "FirstName"])
        {
            var call = await PrepareAsync(slice);

            var refused = await call.Client.SendAsync(call.Method, call.Path, With(call.Body, member, "\"x\""));

            refused.ShouldBeProblem(HttpStatusCode.BadRequest, "validation-failed").WrongFields.ShouldBe([member]);
            await call.NothingStored();
        }
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task A_member_that_is_given_twice_is_refused(WriteSlice slice)
    {
        var call = await PrepareAsync(slice);
        var body = call.Body.Replace("{\"firstName\"", "{\"firstName\":\"One\",\"firstName\"", StringComparison.Ordinal);

        var refused = await call.Client.SendAsync(call.Method, call.Path, body);

        refused.Status.ShouldBe(HttpStatusCode.BadRequest, refused.Text);
        await call.NothingStored();
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task Hostile_members_are_refused(WriteSlice slice)
    {
        string[] hostile =
        [
            """{"\ud800":1}""",
            """{"a\u0000":1}""",
            $$"""{"city":{{new string('[', 1000)}}{{new string(']', 1000)}}}""",
            $$"""{"city":{{new string('9', 1000)}}}""",
            """{"":""}""",
            """{"__proto__":{}}""",
        ];
        foreach (var body in hostile)
        {
            var call = await PrepareAsync(slice);

            var refused = await call.Client.SendAsync(call.Method, call.Path, body);

            refused.Status.ShouldBe(HttpStatusCode.BadRequest, $"{body}: {refused.Text}");
            await call.NothingStored();
        }
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task Bodies_that_are_wrong_as_such_are_refused(WriteSlice slice)
    {
        var call = await PrepareAsync(slice);

        await call.Client.ShouldBeRefusedAsync(call.Method, call.Path);
        (await call.Client.SendAsync(call.Method, call.Path)).ShouldBeProblem(HttpStatusCode.BadRequest, "malformed-json");
        await call.NothingStored();
    }

    [Theory]
    [MemberData(nameof(Slices))]
    public async Task Values_at_the_limits_are_taken(WriteSlice slice)
    {
        var call = await PrepareAsync(slice);
        var body = JsonNode.Parse(call.Body)!.AsObject();
        foreach (var (field, maximum) in MaximumLengths)
        {
            body[field] = new string('ü', maximum);
        }
        var unique = Unique.Text();
        body["email"] = $"{unique}@{new string('b', 254 - unique.Length - 9)}.example";
        body["phoneNumber"] = "+123456789012345";

        var taken = await call.Client.SendAsync(call.Method, call.Path, body);

        taken.Status.ShouldBeOneOf([HttpStatusCode.Created, HttpStatusCode.OK], taken.Text);
        taken["email"]!.Length.ShouldBe(254);
    }

    private static string NameOf(PropertyInfo property) => JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    private static string With(string body, string field, string json)
    {
        var members = JsonNode.Parse(body)!.AsObject();
        members.Remove(field);
        return $"{members.ToJsonString()[..^1]},\"{field}\":{json}}}";
    }

    private async Task<PreparedCall> PrepareAsync(WriteSlice slice)
    {
        var person = CustomersFixture.Person();
        var body = JsonSerializer.Serialize(person, JsonSerializerOptions.Web);
        if (slice == WriteSlice.Register)
        {
            var members = JsonNode.Parse(body)!.AsObject();
            (members["username"], members["password"], members["passwordConfirm"]) = (
                Unique.Username(),
                "a-good-password",
                "a-good-password"
            );
            var inDefault = host.Installer(FakeOrganizations.Default.Id);
            return new PreparedCall(
                host.Anonymous,
                "POST",
                "/auth/register-customer",
                members.ToJsonString(),
                async () =>
                {
                    (await inDefault.CountAsync($"search={person.Email}")).ShouldBe(0);
                    (await host.Accounts.CountAsync(person.Email)).ShouldBe(0);
                }
            );
        }
        var client = host.Installer();
        if (slice == WriteSlice.Create)
        {
            return new PreparedCall(
                client,
                "POST",
                "/customers",
                body,
                async () =>
                {
                    (await client.CountAsync()).ShouldBe(0);
                    (await host.Accounts.CountAsync(person.Email)).ShouldBe(0);
                }
            );
        }
        var created = await client.CreateCustomerAsync();
        var path = $"/customers/{created.Id}";
        return new PreparedCall(
            client,
            slice == WriteSlice.Update ? "PUT" : "PATCH",
            path,
            body,
            async () => (await client.GetAsync(path, HttpStatusCode.OK)).Text.ShouldBe(created.Text)
        );
    }

    /// <summary>A valid call of a slice, for a test to spoil.</summary>
    private sealed record PreparedCall(HttpClient Client, string Method, string Path, string Body, Func<Task> NothingStored);
}
