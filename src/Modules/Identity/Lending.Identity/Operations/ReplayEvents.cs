using FastEndpoints;
using FluentValidation;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Platform.Audit;
using Lending.Platform.Outbox;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Operations;

/// <summary>Has events delivered again that failed too often: one, or all of a type or a module, when what was wrong is mended.</summary>
/// <remarks>For the platform's administrators. They begin with their first attempt again, under the same ids. Events that are not dead are left alone.</remarks>
internal sealed class ReplayEvents(IdentityDbContext db, Transactions transactions, OutboxEvents events)
    : Endpoint<ReplayEvents.Request, Ok<ReplayEvents.Replay>>
{
    internal sealed record Request
    {
        /// <summary>Only the one with this id.</summary>
        public Guid? Id { get; init; }

        /// <summary>Only those of this type, such as `LoanOfferAccepted`.</summary>
        public string? Type { get; init; }

        /// <summary>Only those of this module, such as `loans`.</summary>
        public string? Module { get; init; }
    }

    /// <summary>What was replayed.</summary>
    internal sealed record Replay
    {
        /// <summary>How many events are delivered again: at most 500 of a module at a time, the oldest first.</summary>
        public required int Replayed { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            RuleFor(request => request.Type).MaximumLength(OutboxMessage.MaximumTypeLength);
            RuleFor(request => request.Module).MaximumLength(OutboxMessage.MaximumTypeLength);
            RuleFor(request => request.Id)
                .Must((request, id) => id is not null || request.Type is not null || request.Module is not null)
                .WithErrorCode("nothing-named")
                .WithMessage("Name an event by its id, or a type, or a module.");
        }
    }

    public override void Configure()
    {
        Post("ops/outbox/replay");
        Permissions(IdentityPermission.EventsManage);
    }

    public override async Task<Ok<Replay>> ExecuteAsync(Request request, CancellationToken ct)
    {
        await using var transaction = await transactions.BeginAsync(ct);
        var replayed = await events.ReplayAsync(new OutboxFilter(request.Id, request.Module, request.Type, OutboxStatus.Dead), ct);
        foreach (var id in replayed)
        {
            db.Note(AuditAction.Update, nameof(OutboxMessage), id);
        }
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(new Replay { Replayed = replayed.Count });
    }
}
