using FastEndpoints;
using FluentValidation;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Servicing.Books;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Lending.Servicing.Dunning;
using Lending.Servicing.LoanAccounts;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Changes;

/// <summary>
/// Records that the borrower got the notice that sets two weeks for what is overdue and says that the whole loan is called due otherwise (§ 498(1) no. 2 BGB), and
/// that a talk was offered by then. The answer is the account as it is then.
/// </summary>
/// <response code="409">
/// `event-id-taken`: another event has this id. `not-disbursed`: nothing was paid out on that day yet. `arrears-too-small`: the borrower is not late enough on that day.
/// `forbearance-missing`: none was offered by that day since something is overdue. `concurrent-change`: somebody recorded something at the same time.
/// </response>
internal sealed class ServeNotice(ServicingDbContext db, LoanRecorder recorder)
    : Endpoint<ServeNotice.Request, Results<Ok<LoanAccountResponse>, Problem>>
{
    internal sealed record Request : RecordedEvent
    {
        /// <summary>On which day the lender offered to talk about a way out, with the notice or before it.</summary>
        /// <example>2026-12-18</example>
        public DateOnly? TalkOfferedOn { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new RecordedEvent.Rules());
            RuleFor(request => request.TalkOfferedOn)
                .NotNull()
                .Must((request, day) => day is null || day <= request.EffectiveOn)
                .WithMessage("It is after the notice.");
        }
    }

    public override void Configure()
    {
        Post("loan-accounts/{id:guid}/calling-due-notices");
        Permissions(ServicingPermission.Post);
    }

    public override async Task<Results<Ok<LoanAccountResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var notice = request.DocumentOf(EventDocument.Notice) with { TalkOfferedOn = request.TalkOfferedOn };
        var offers = await db.ReadForbearanceAsync(id, ct);
        return (await recorder.RecordAsync(id, request.EventId, notice, ct, findObstacle: FindObstacle)).Answer();

        Error? FindObstacle(LoanLife life, LoanState state) =>
            CallingDue.AllowsNotice(life.Contract, state)
                ? Forbearance.FindObstacle(life.Contract.Law, state.Arrears, state.AsOf, offers)
                : ServicingErrors.ArrearsTooSmall;
    }
}
