using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Lending.Loans.Contracts;
using Lending.Platform.Security;
using Lending.Testing;

namespace Lending.Portal.Tests;

/// <summary>A browser as far as pages without scripts need one: it keeps cookies, and sends forms as they stand in the page.</summary>
internal sealed partial class Browser(PortalFixture fixture) : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = fixture.Host.Client.BaseAddress,
    };

    public Dictionary<string, string> Cookies { get; } = new(StringComparer.Ordinal);

    public string Languages { get; init; } = "en";

    /// <summary>A link to an offer that is there because this made it.</summary>
    public static OfferKey NewOffer(PortalFixture fixture, Func<LinkedOffer, LinkedOffer>? change = null)
    {
        var key = new OfferKey(Unique.Id(), Secret.New());
        var offer = Samples.Offer(key.OfferId);
        fixture.Offers.Known[key] = change is null ? offer : change(offer);
        return key;
    }

    public Task<Sight> GetAsync(string path) => SendAsync(new HttpRequestMessage(HttpMethod.Get, path));

    /// <summary>Opens a link, as it stands in the mail, and follows to the page.</summary>
    public async Task<Sight> OpenAsync(OfferKey key)
    {
        var opened = await GetAsync($"/loan-offers/{key.OfferId}?token={key.Token}");
        opened.Status.ShouldBe(HttpStatusCode.SeeOther);
        return await GetAsync(opened.Location!);
    }

    /// <summary>Sends the form of a page with a file, as browsers do: the hidden fields first.</summary>
    public Task<Sight> UploadAsync(Sight page, string path, string name, byte[] content, string? contentType = "application/pdf")
    {
        var form = new MultipartFormDataContent();
        foreach (Match field in Hidden().Matches(page.Text))
        {
            form.Add(new StringContent(WebUtility.HtmlDecode(field.Groups["value"].Value)), field.Groups["name"].Value);
        }
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = contentType is null ? null : new MediaTypeHeaderValue(contentType);
        file.Headers.TryAddWithoutValidation("Content-Disposition", $"form-data; name=\"file\"; filename=\"{name}\"");
        form.Add(file);
        return SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = form });
    }

    /// <summary>Sends a form with the hidden fields of the page that was seen, and these.</summary>
    public Task<Sight> SubmitAsync(Sight page, string path, params (string Name, string Value)[] fields)
    {
        var values = Hidden().Matches(page.Text).Select(field => (field.Groups["name"].Value, field.Groups["value"].Value));
        return PostAsync(path, [.. values.DistinctBy(field => field.Item1), .. fields]);
    }

    public Task<Sight> PostAsync(string path, params (string Name, string Value)[] fields) =>
        SendAsync(
            new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(
                    fields.Select(field => KeyValuePair.Create(field.Name, WebUtility.HtmlDecode(field.Value)))
                ),
            }
        );

    public async Task<Sight> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            request.Headers.Add("Accept-Language", Languages);
            if (Cookies.Count > 0)
            {
                request.Headers.Add("Cookie", string.Join("; ", Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
            }
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            var set = answer.Headers.TryGetValues("Set-Cookie", out var all) ? all.ToList() : [];
            foreach (var cookie in set)
            {
                var parts = cookie.Split(';')[0].Split('=', 2);
                Cookies[parts[0]] = parts[1];
            }
            return new Sight(
                answer.StatusCode,
                await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
                answer.Content.Headers.ContentType?.ToString() ?? "",
                answer.Headers.Location?.ToString(),
                string.Join(", ", answer.Content.Headers.ContentLanguage),
                set
            );
        }
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex(
        """<input type="hidden" name="(?<name>[^"]+)" value="(?<value>[^"]*)" ?/?>""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex Hidden();
}

/// <summary>What a browser got.</summary>
internal sealed record Sight(
    HttpStatusCode Status,
    string Text,
    string ContentType,
    string? Location,
    string Language,
    IReadOnlyList<string> SetCookies
)
{
    /// <summary>The text as somebody reads it.</summary>
    public string Words { get; } = WebUtility.HtmlDecode(Text);
}
