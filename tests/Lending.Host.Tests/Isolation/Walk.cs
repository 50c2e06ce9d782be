using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Lending.Host.Tests.Authorization;
using Lending.Testing;

namespace Lending.Host.Tests.Isolation;

/// <summary>One call of a sequence: which side does what, as whom, and with which of the things that there are.</summary>
internal sealed record Step(bool IsOfSecond, int Act, int Person, int Pick);

/// <summary>What a side sent in one request, and all that it got back.</summary>
internal sealed record Exchange(string Act, Side By, HttpStatusCode Status, string Sent, string Received);

/// <summary>Two organisations at once: each works with what is its own, and reaches for what is the other's.</summary>
internal sealed class Walk(Side first, Side second)
{
    /// <summary>Public on purpose: what everybody may read before they sign up. Whoever sends the id gets the text.</summary>
    private static readonly string[] Public = ["GET /terms/{id}", "GET /organizations/{id}/terms"];

    private static readonly MatrixRow[] Rows =
    [
        .. AuthorizationMatrix.Rows.Where(row => !row.HarmsPersona && !Public.Contains(row.Endpoint)),
    ];
    private static readonly MatrixRow[] RowsWithId = [.. Rows.Where(row => row.Route.Contains("{id}", StringComparison.Ordinal))];
    private static readonly MatrixRow[] Reads = [.. Rows.Where(row => row.Method == "GET")];

    /// <summary>Work on one's own comes more often, or there would be little to reach for.</summary>
    public static readonly string[] Acts =
    [
        "create a customer",
        "create a customer",
        "change a customer",
        "invite a customer",
        "create an offer",
        "create an offer",
        "create an offer",
        "approve",
        "approve",
        "send a link",
        "open the link",
        "accept",
        "accept",
        "decline",
        "reject",
        "disburse",
        "comment",
        "consent",
        "ask for documents",
        "create a product",
        "create a key",
        "create a group",
        "create a webhook",
        "publish terms",
        "invite an installer",
        "export",
        "export as ZIP",
        "read the document",
        "search",
        "read anything",
        "read anything",
        "read with the other's organisation in the header",
        "use the other's id in the path",
        "use the other's id in the path",
        "use the other's id in the path",
        "use the other's id in the path",
        "use the other's value in the query",
        "use the other's value in the query",
        "use the other's cursor",
        "use the other's id in the body",
        "use the other's id in the body",
    ];

    /// <summary>All requests, by their trace id.</summary>
    public Dictionary<string, Exchange> Exchanges { get; } = new(StringComparer.Ordinal);

    public async Task GoAsync(Step step)
    {
        var (own, other) = step.IsOfSecond ? (second, first) : (first, second);
        var (act, pick) = (Acts[step.Act], step.Pick);
        var person = own.People.Keys.ElementAt(step.Person % own.People.Count);
        var customer = own.Any("customers", pick);
        var offer = own.Any("loan-offers", pick);
        Task<Answer> CallAsync(string who, string method, string path, object? body = null, Guid? organization = null) =>
            SendAsync(act, own, who, method, path, body, organization);
        switch (act)
        {
            case "create a customer":
                own.Add("customers", await CallAsync(pick % 2 == 0 ? "installer" : "key", "POST", "/customers", own.NewCustomer()));
                break;
            case "change a customer":
                await CallAsync("installer", "PATCH", $"/customers/{customer}", new { city = own.Word() });
                break;
            case "invite a customer":
                await CallAsync("installer", "POST", $"/customers/{customer}/invitation");
                break;
            case "create an offer":
                var terms = own.NewOffer(pick % 3 == 0 ? customer : own.CustomerId);
                own.Add("loan-offers", await CallAsync("installer", "POST", "/loan-offers", terms));
                break;
            case "approve" or "disburse":
                await TryOffersAsync(read => DecideAsync(read, act));
                break;
            case "reject":
                await TryOffersAsync(read =>
                {
                    var (version, documentHash) = (read.Json.GetProperty("version").GetInt32(), read["documentHash"]);
                    var rejection = new
                    {
                        reason = "OTHER",
                        version,
                        documentHash,
                        comment = own.Word(),
                    };
                    return CallAsync("underwriter", "POST", $"/loan-offers/{read.Id}/reject", rejection);
                });
                break;
            case "send a link":
                await TryOffersAsync(async read =>
                {
                    await DecideAsync(read, "approve");
                    var link = await CallAsync("installer", "POST", $"/loan-offers/{read.Id}/link");
                    own.Link = link.Status == HttpStatusCode.Accepted ? (read.Id, link["token"]!) : own.Link;
                    return link;
                });
                break;
            case "open the link":
                await CallAsync("nobody", "POST", $"/loan-offers/{own.Link.OfferId}/link/open", new { token = own.Link.Token });
                break;
            case "accept":
                await TryOffersAsync(async read =>
                {
                    await DecideAsync(read, "approve");
                    var (version, documentHash) = (read.Json.GetProperty("version").GetInt32(), read["documentHash"]);
                    var acceptance = new
                    {
                        typedName = own.Word(),
                        version,
                        documentHash,
                    };
                    return await CallAsync("customer", "POST", $"/loan-offers/{read.Id}/accept", acceptance);
                });
                break;
            case "decline":
                await TryOffersAsync(async read =>
                {
                    await DecideAsync(read, "approve");
                    return await CallAsync("customer", "POST", $"/loan-offers/{read.Id}/decline", new { comment = own.Word() });
                });
                break;
            case "comment":
                var visibility = pick % 2 == 0 ? "CUSTOMER" : "INTERNAL";
                await CallAsync("installer", "POST", $"/loan-offers/{offer}/comments", new { text = own.Word(), visibility });
                break;
            case "consent":
                await CallAsync("installer", "POST", $"/customers/{customer}/consents", new { purpose = own.Word(), textVersion = "1" });
                break;
            case "ask for documents":
                var wanted = new
                {
                    customerId = customer,
                    kind = "PAYSLIP",
                    note = own.Word(),
                };
                own.Add("document-requests", await CallAsync("installer", "POST", "/document-requests", wanted));
                own.Add("documents", await World.UploadDocumentAsync(own.People["customer"], own.CustomerId));
                break;
            case "create a product":
                var product = new
                {
                    name = own.Word(),
                    currency = "EUR",
                    isPublic = false,
                    amountFrom = 1000,
                    amountTo = 60000,
                    termMonthsFrom = 12,
                    termMonthsTo = 180,
                    rateBands = new[] { new { annualRatePercent = 4.9 } },
                };
                own.Add("loan-products", await CallAsync("administrator", "POST", "/loan-products", product));
                break;
            case "create a key":
                var key = new { name = own.Word(), scopes = (string[])["customers:read"] };
                own.Add("api-keys", await CallAsync("administrator", "POST", "/api-keys", key));
                break;
            case "create a group":
                var group = new { name = own.Word(), permissions = (string[])["customers:read"] };
                own.Add("permission-groups", await CallAsync("administrator", "POST", "/permission-groups", group));
                break;
            case "create a webhook":
                var webhook = new { url = $"https://{own.Word()}.example.org/", eventTypes = (string[])["offer.accepted"] };
                own.Add("webhooks", await CallAsync("administrator", "POST", "/webhooks", webhook));
                break;
            case "publish terms":
                var text = new
                {
                    kind = "TERMS",
                    language = "de",
                    text = own.Word(),
                };
                own.Add("terms", await CallAsync("administrator", "POST", "/terms", text));
                break;
            case "invite an installer":
                own.Add("users", await CallAsync("administrator", "POST", "/users/installers", own.NewStaff()));
                break;
            case "export":
                await CallAsync("administrator", "GET", $"/customers/{customer}/export");
                break;
            case "export as ZIP":
                await CallAsync("administrator", "GET", $"/customers/{customer}/export?format=ZIP");
                break;
            case "read the document":
                await CallAsync(person, "GET", $"/loan-offers/{offer}/document");
                break;
            case "search":
                await CallAsync(person, "GET", $"/customers?search={own.Values[pick % own.Values.Count]}&includeTotal=true");
                break;
            case "read anything":
                var row = Reads[pick % Reads.Length];
                await CallAsync(person, row.Method, row.PathFor(own.Target(pick)));
                break;
            case "read with the other's organisation in the header":
                var foreign = Reads[pick % Reads.Length];
                await CallAsync(person, foreign.Method, foreign.PathFor(own.Target(pick)), organization: other.OrganizationId);
                break;
            case "use the other's id in the path":
                var reach = RowsWithId[pick % RowsWithId.Length];
                var (theirs, nobodys) = (other.Target(pick / RowsWithId.Length), Nothing());
                var told = await CallAsync(person, reach.Method, reach.PathFor(theirs), reach.Body(own.Target(pick)));
                var unknown = await CallAsync(person, reach.Method, reach.PathFor(nobodys), reach.Body(own.Target(pick)));
                // Nor whether it exists.
                CodeOf(told).ShouldBe(CodeOf(unknown), $"{person}: {reach.Endpoint}");
                break;
            case "use the other's value in the query":
                await CallAsync(person, "GET", QueryOf(other, pick));
                break;
            case "use the other's cursor":
                var list = ((string[])["/customers", "/loan-offers", "/users", "/notifications"])[pick % 4];
                var page = await SendAsync(act, other, "administrator", "GET", $"{list}?limit=1");
                if (page["nextCursor"] is { Length: > 0 } cursor)
                {
                    await CallAsync("administrator", "GET", $"{list}?cursor={cursor}&includeTotal=true");
                }
                break;
            case "use the other's id in the body":
                var (who, method, path, body) = BodyOf(own, other, pick);
                await CallAsync(who, method, path, body);
                break;
        }

        // Until one is in a state that lets it happen.
        async Task TryOffersAsync(Func<Answer, Task<Answer>> act)
        {
            for (var attempt = 0; attempt < 4; attempt++)
            {
                var read = await CallAsync("installer", "GET", $"/loan-offers/{own.Any("loan-offers", pick + attempt)}");
                if (read.Status == HttpStatusCode.OK && (int)(await act(read)).Status < 300)
                {
                    return;
                }
            }
        }

        Task<Answer> DecideAsync(Answer read, string decision) =>
            CallAsync("administrator", "POST", $"/loan-offers/{read.Id}/{decision}", World.Decision(read, own.Word()));
    }

    private static string QueryOf(Side other, int pick)
    {
        var (value, user) = (other.Values[pick % other.Values.Count], other.Any("users", pick));
        var customer = other.Any("customers", pick);
        string[] queries =
        [
            $"/customers?search={value}",
            $"/customers?city={value}",
            $"/customers?installerId={user}",
            $"/customers?createdBy={user}",
            $"/loan-offers?customerId={customer}",
            $"/loan-offers?createdBy={user}",
            $"/notifications?customerId={customer}",
            $"/users?search={value}",
            $"/users?customerId={customer}",
            $"/users?organizationId={other.OrganizationId}",
        ];
        return $"{queries[pick % queries.Length]}&includeTotal=true";
    }

    private static (string Who, string Method, string Path, object Body) BodyOf(Side own, Side other, int pick)
    {
        var (customer, offer) = (own.Any("customers", pick), own.Any("loan-offers", pick));
        (string, string, string, object)[] bodies =
        [
            ("installer", "POST", "/loan-offers", own.NewOffer(other.Any("customers", pick))),
            ("installer", "POST", "/document-requests", new { customerId = other.Any("customers", pick), kind = "OTHER" }),
            ("installer", "POST", "/loan-offers", own.NewOffer(customer, other.Any("loan-products", pick))),
            ("installer", "PATCH", $"/loan-offers/{offer}", new { customerId = other.Any("customers", pick) }),
            ("installer", "PATCH", $"/loan-offers/{offer}", new { productId = other.Any("loan-products", pick) }),
            ("administrator", "POST", $"/customers/{customer}/installer", new { installerId = other.Any("users", pick) }),
            ("administrator", "POST", "/users/installers", own.NewStaff(other.OrganizationId)),
            (
                "administrator",
                "PATCH",
                $"/users/{own.Any("users", pick)}",
                new { permissionGroupId = other.Any("permission-groups", pick) }
            ),
            (
                "installer",
                "POST",
                "/loan-offers/quote",
                new
                {
                    productId = other.Any("loan-products", pick),
                    loanAmount = 9000,
                    termMonths = 60,
                }
            ),
            (
                "nobody",
                "POST",
                "/loan-offers/quote",
                new
                {
                    productId = other.Any("loan-products", pick),
                    loanAmount = 9000,
                    termMonths = 60,
                }
            ),
            ("customer", "POST", $"/users/me/terms/{other.Any("terms", pick)}/acceptance", new { hash = new string('0', 64) }),
            ("nobody", "POST", $"/loan-offers/{offer}/link/open", new { token = other.Link.Token }),
            ("nobody", "POST", $"/loan-offers/{offer}/decline", new { linkToken = other.Link.Token }),
        ];
        return bodies[pick % bodies.Length];
    }

    private static Target Nothing() =>
        new()
        {
            OrganizationId = Unique.Id(),
            CustomerId = Unique.Id(),
            OfferId = Unique.Id(),
            ProductId = Unique.Id(),
            UserId = Unique.Id(),
            ApiKeyId = Unique.Id(),
            WebhookId = Unique.Id(),
            PermissionGroupId = Unique.Id(),
            TermsId = Unique.Id(),
            DocumentId = Unique.Id(),
            DocumentRequestId = Unique.Id(),
        };

    private static string CodeOf(Answer answer) =>
        $"{(int)answer.Status} {(answer.ContentType == "application/problem+json" ? answer.Code : "")}";

    /// <summary>Sends a request, and keeps all that came back, headers and the texts of files included.</summary>
    public async Task<Answer> SendAsync(
        string act,
        Side side,
        string person,
        string method,
        string path,
        object? body = null,
        Guid? organization = null
    )
    {
        var trace = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v1{path}");
        request.Headers.Add("traceparent", $"00-{trace}-00f067aa0ba902b7-01");
        if (organization is { } named)
        {
            request.Headers.Add("X-Organization-Id", named.ToString());
        }
        var json = body is null ? "" : JsonSerializer.Serialize(body, JsonSerializerOptions.Web);
        if (body is not null)
        {
            request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        }
        using var response = await side.People[person].SendAsync(request);
        var type = response.Content.Headers.ContentType?.MediaType;
        var text = TextOf(await response.Content.ReadAsByteArrayAsync(), type);
        LogWatch.OfThisRun.LearnFrom(json, text, isRefused: !response.IsSuccessStatusCode);
        var sent = $"{person}: {method} {path} {organization}\n{json}";
        Exchanges.Add(trace, new(act, side, response.StatusCode, sent, $"{response.Headers}{response.Content.Headers}{text}"));
        return new Answer(response.StatusCode, text, ETag: null, response.Headers.Location, type);
    }

    private static string TextOf(byte[] content, string? type)
    {
        switch (type)
        {
            case "application/pdf":
                return PdfReader.Words(content) + PdfReader.Information(content);
            case "application/zip":
                using (var zip = new ZipArchive(new MemoryStream(content)))
                {
                    return string.Concat(zip.Entries.Select(entry => entry.FullName + TextOf(BytesOf(entry), TypeOf(entry))));
                }
            default:
                return Encoding.UTF8.GetString(content);
        }

        static string? TypeOf(ZipArchiveEntry entry) => entry.Name.EndsWith(".pdf", StringComparison.Ordinal) ? "application/pdf" : null;

        static byte[] BytesOf(ZipArchiveEntry entry)
        {
            using var bytes = new MemoryStream();
            using var stream = entry.Open();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        }
    }
}
