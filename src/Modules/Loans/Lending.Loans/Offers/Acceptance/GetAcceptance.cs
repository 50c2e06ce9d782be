using System.Text.Json.Serialization;
using FastEndpoints;
using Lending.Loans.Amortization;
using Lending.Loans.Contracts;
using Lending.Loans.Data;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Loans.Offers.Acceptance;

/// <summary>Shows what a customer accepted, as it was then, when and how.</summary>
internal sealed class GetAcceptance(LoansDbContext db, Caller caller)
    : EndpointWithoutRequest<Results<Ok<GetAcceptance.AcceptedOffer>, Problem>>
{
    internal sealed record AcceptedOffer
    {
        /// <summary>The version that was accepted.</summary>
        /// <example>1</example>
        public required int Version { get; init; }

        /// <summary>The hash of what was accepted.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public required string DocumentHash { get; init; }

        /// <summary>The name that the customer typed.</summary>
        /// <example>Ada Berg</example>
        public required string TypedName { get; init; }

        /// <summary>When.</summary>
        /// <example>2026-11-20T09:30:00.123456Z</example>
        public required DateTimeOffset AcceptedAt { get; init; }

        /// <summary>Whether with a link; else with the customer's own account.</summary>
        /// <example>true</example>
        public required bool OverLink { get; init; }

        /// <summary>How the code came that the customer gave, `EMAIL`; null where they gave none.</summary>
        /// <example>EMAIL</example>
        public required CodeChannel? CodeChannel { get; init; }

        /// <summary>The internet address that it came from; told to staff only.</summary>
        /// <example>203.0.113.7</example>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public required string? IpAddress { get; init; }

        /// <summary>The program that it came from, in its own words; told to staff only.</summary>
        /// <example>Mozilla/5.0</example>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public required string? UserAgent { get; init; }

        /// <summary>What else speaks for it.</summary>
        public required EvidenceResponse Evidence { get; init; }

        /// <summary>The SHA-256 of the receipt that the customer was mailed, which is kept signed; null for acceptances before there were any.</summary>
        /// <example>9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08</example>
        public required string? ReceiptHash { get; init; }

        /// <summary>What was accepted.</summary>
        public required OfferContent Content { get; init; }

        /// <summary>The schedule that was accepted: one row for each instalment, in order.</summary>
        public required IReadOnlyList<ScheduleRow> Schedule { get; init; }
    }

    public override void Configure()
    {
        Get("loan-offers/{id:guid}/acceptance");
        Permissions(LoansPermission.OffersRead);
        this.TellsOfPersons(nameof(LoanOffer));
    }

    public override async Task<Results<Ok<AcceptedOffer>, Problem>> ExecuteAsync(CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var found = await db
            .OfferAcceptances.AsNoTracking()
            .Where(row => row.OfferId == id)
            .Select(row => new
            {
                Acceptance = row,
                ReceiptHash = db
                    .OfferReceipts.Where(receipt => receipt.OfferId == id)
                    .Select(receipt => receipt.FileHash)
                    .SingleOrDefault(),
            })
            .SingleOrDefaultAsync(ct);
        if (found is not { Acceptance: var acceptance })
        {
            return Problem.NotFound;
        }
        var isStaff = caller.CustomerScope is null;
        return TypedResults.Ok(
            new AcceptedOffer
            {
                Version = acceptance.Version,
                DocumentHash = Convert.ToHexStringLower(acceptance.DocumentHash),
                TypedName = acceptance.TypedName,
                AcceptedAt = acceptance.AcceptedAt,
                OverLink = acceptance.OverLink,
                CodeChannel = acceptance.CodeChannel,
                IpAddress = isStaff ? acceptance.IpAddress : null,
                UserAgent = isStaff ? acceptance.UserAgent : null,
                Evidence = EvidenceResponse.Of(acceptance.Evidence),
                ReceiptHash = found.ReceiptHash is { } hash ? Convert.ToHexStringLower(hash) : null,
                Content = OfferContent.Parse(acceptance.Content.Text, acceptance.ContentFormatVersion),
                Schedule = FrozenSchedule.Parse(acceptance.Schedule).Rows(),
            }
        );
    }
}
