using System.Text.RegularExpressions;
using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Publishes a version of the caller's organisation's terms or privacy policy, in one language. It can never be changed.</summary>
/// <remarks>
/// Without `number` it is a new version, which waits for everybody's acceptance once it is in force; with the number of a version it is a translation of
/// that one, which holds from the same time on. A version that is not in force yet never will be, if a new one with the same or an earlier `validFrom` is
/// published.
/// </remarks>
/// <response code="400">
/// `validation-failed`: all wrong fields at once, such as `text-or-url`, `valid-from-past`, `unknown-terms-number`; `malformed-json`.
/// </response>
/// <response code="409">`terms-published`: this version is published in this language already.</response>
internal sealed partial class PublishTerms(IdentityDbContext db, Transactions transactions, Caller caller, TimeProvider clock)
    : Endpoint<PublishTerms.Request, Results<Created<TermsVersionDocument>, Problem>>
{
    internal sealed record Request
    {
        /// <summary>Terms of use, or a privacy policy.</summary>
        /// <example>PRIVACY</example>
        public TermsKind? Kind { get; init; }

        /// <summary>The language: ISO 639-1, small letters.</summary>
        /// <example>de</example>
        public string Language { get; init; } = "";

        /// <summary>The version that this is a translation of; left out: it is a new version.</summary>
        /// <example>2</example>
        public int? Number { get; init; }

        /// <summary>The text, up to 60,000 characters; left out: it stands at `url`.</summary>
        /// <example>We keep your data as long as your loan runs.</example>
        public string? Text { get; init; }

        /// <summary>Where the text stands, an https address; left out: it is in `text`.</summary>
        /// <example>https://www.example.org/privacy-2.pdf</example>
        public string? Url { get; init; }

        /// <summary>With `url`, and only then: the SHA-256 of what stands there, 64 small hexadecimal digits.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public string? Hash { get; init; }

        /// <summary>When it comes into force; left out: at once. A translation has the time of its version, and none here.</summary>
        /// <example>2027-01-01T00:00:00Z</example>
        public DateTimeOffset? ValidFrom { get; init; }
    }

    internal sealed partial class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Kind).NotNull();
            RuleFor(request => request.Language)
                .Must(language => language is not null && LanguagePattern().IsMatch(language))
                .WithErrorCode("invalid-language")
                .WithMessage("This is no language code of ISO 639-1.");
            RuleFor(request => request.Text)
                .MaximumLength(TermsVersion.MaximumTextLength)
                .Must((request, text) => string.IsNullOrWhiteSpace(text) != (request.Url is null))
                .WithErrorCode("text-or-url")
                .WithMessage("Send either a text or a url.");
            RuleFor(request => request.Url)
                .MaximumLength(TermsVersion.MaximumUrlLength)
                .Must(url => url is null || IsHttps(url))
                .WithErrorCode("invalid-url")
                .WithMessage("This is no https address.");
            RuleFor(request => request.Hash)
                .Must((request, hash) => request.Url is null ? hash is null : hash is not null && HashPattern().IsMatch(hash))
                .WithErrorCode("invalid-hash")
                .WithMessage("With a url, send the SHA-256 of what stands there as 64 small hexadecimal digits; with a text, send none.");
            RuleFor(request => request.ValidFrom)
                .Must((request, time) => time is null || request.Number is null)
                .WithErrorCode("valid-from-of-translation")
                .WithMessage("A translation holds from the same time on as the version that it translates.");
        }

        private static bool IsHttps(string text) =>
            text.StartsWith("https://", StringComparison.Ordinal)
            && Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.UserInfo == ""
            && !text.Any(char.IsWhiteSpace);

        [GeneratedRegex(@"^[a-z]{2}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex LanguagePattern();

        [GeneratedRegex(@"^[0-9a-f]{64}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
        private static partial Regex HashPattern();
    }

    public override void Configure()
    {
        Post("terms");
        Permissions(IdentityPermission.OrganizationSettings);
        this.NeedsStepUp();
    }

    public override async Task<Results<Created<TermsVersionDocument>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        // Two who publish at once come one after the other: else two new versions in two languages would have one number.
        await db.Database.ExecuteSqlAsync($"SELECT FROM identity.organizations WHERE id = {caller.OrganizationId} FOR NO KEY UPDATE", ct);
        var now = clock.GetStorableNow();
        var (number, validFrom) = (request.Number, request.ValidFrom?.ToStorable() ?? now);
        if (validFrom < now)
        {
            return Problem.From([IdentityErrors.ValidFromPast]);
        }
        var published = db.TermsVersions.Where(version => version.Kind == request.Kind);
        if (number is null)
        {
            number = (await published.MaxAsync(version => (int?)version.Number, ct) ?? 0) + 1;
        }
        else if (
            await published.Where(row => row.Number == number).Select(row => (DateTimeOffset?)row.ValidFrom).FirstOrDefaultAsync(ct) is
            { } time
        )
        {
            validFrom = time;
        }
        else
        {
            return Problem.From([TermsErrors.UnknownTermsNumber]);
        }
        var version = new TermsVersion(request.Kind!.Value, request.Language, number.Value, validFrom, caller.Reference, now)
        {
            Text = request.Url is null ? request.Text : null,
            Url = request.Url,
            Hash = request.Hash ?? TermsVersion.HashOf(request.Text!),
        };
        db.Add(version);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Created($"/api/v1/terms/{version.Id}", version.Adapt<TermsVersionDocument>());
    }
}
