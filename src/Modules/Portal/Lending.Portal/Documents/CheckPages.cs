using System.Security.Cryptography;
using Lending.Loans.Contracts;
using Lending.Platform.Http;
using Lending.Portal.Pages;
using Lending.Portal.Site;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;

namespace Lending.Portal.Documents;

/// <summary>The page on which everybody finds out whether a document is one of ours. It tells what it is and of which day, and nothing about anybody.</summary>
internal static class CheckPages
{
    private const string Path = "/documents/check";
    private const long LargestFormBytes = 15 * 1024 * 1024;

    public static void Map(RouteGroupBuilder pages)
    {
        var check = pages.MapGroup(Path).RequireRateLimiting(RateLimits.Authentication);
        check.MapGet("", ShowAsync).AddEndpointFilter(Page.FilterAsync);
        // Nobody is known here and nothing is changed, so the form needs nothing that shows whose page it comes from.
        check.MapPost("", HashFileAsync).TakesFile(LargestFormBytes);
    }

    private static async Task<IResult> ShowAsync(HttpContext context, IEnumerable<IIssuedDocuments> issuers, CancellationToken ct)
    {
        if (context.Request.Query["hash"] is not [{ } typed])
        {
            return Page.Of<CheckPage>(context, StatusCodes.Status200OK);
        }
        if (Read(typed) is not { } hash)
        {
            var text = Page.ReaderOf(context).Say("Type all 64 digits and letters.", "Geben Sie alle 64 Ziffern und Buchstaben ein.");
            return Refuse(context, new Failure("hash", text), typed);
        }
        IssuedDocument? found = null;
        foreach (var issuer in issuers)
        {
            found ??= await issuer.FindAsync(hash, ct);
        }
        return Page.Of<CheckPage>(
            context,
            StatusCodes.Status200OK,
            ("Hash", Convert.ToHexStringLower(hash)),
            ("Found", found),
            ("IsUnknown", found is null)
        );
    }

    private static async Task<IResult> HashFileAsync(HttpContext context, CancellationToken ct)
    {
        if (await ReadHashAsync(context.Request, ct) is { } hash)
        {
            return Page.SeeOther(context, $"{Path}?hash={hash}");
        }
        return Refuse(
            context,
            new Failure("file", Page.ReaderOf(context).Say("Choose a file.", "Wählen Sie eine Datei aus.")),
            typed: null
        );
    }

    private static IResult Refuse(HttpContext context, Failure failure, string? typed) =>
        Page.Of<CheckPage>(context, StatusCodes.Status400BadRequest, ("Hash", typed), ("Failures", (Failure[])[failure]));

    /// <summary>The hash of the file, which is hashed as it arrives and kept nowhere; null where there is none.</summary>
    private static async Task<string?> ReadHashAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            var parts = request.ReadParts();
            while (await parts.ReadNextSectionAsync(ct) is { } part)
            {
                // A browser sends an empty one where nothing was chosen.
                if (part.AsFileSection() is { Name: "file", FileName.Length: > 0, FileStream: { } file })
                {
                    return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct));
                }
            }
            return null;
        }
        catch (Exception exception) when (exception is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return null;
        }
    }

    // People copy it in parts, and printers part it.
    private static byte[]? Read(string typed)
    {
        var digits = string.Concat(typed.Where(letter => !char.IsWhiteSpace(letter)));
        return digits.Length == 2 * SHA256.HashSizeInBytes && digits.All(char.IsAsciiHexDigit) ? Convert.FromHexString(digits) : null;
    }
}
