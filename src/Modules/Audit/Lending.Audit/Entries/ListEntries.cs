using FastEndpoints;
using FluentValidation;
using Lending.Audit.Contracts;
using Lending.Audit.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Audit.Entries;

/// <summary>Lists the organisation's audit log, newest first: who did what to what, when and from where; and who was shown whose data.</summary>
/// <remarks>
/// `format=CSV` answers all that fits the filters, not a page. Reading the log is recorded in it, too. What was read a moment ago may be missing for a second.
/// </remarks>
/// <response code="200">A page of entries, or all of them as CSV where `format` asks for that.</response>
internal sealed class ListEntries(OrganizationSql sql, AuditDbContext db)
    : Endpoint<ListEntries.Request, Results<Ok<Page<EntryResponse>>, PushStreamHttpResult>>
{
    private const string Order = "-at";
    private const int EntriesOfCsvAtOnce = 1_000;

    /// <summary>In which form the log is answered.</summary>
    internal enum Format
    {
        /// <summary>JSON, a page.</summary>
        Json,

        /// <summary>CSV, all.</summary>
        Csv,
    }

    internal sealed record Request : PageRequest
    {
        /// <summary>Done at this time or later.</summary>
        public DateTimeOffset? From { get; init; }

        /// <summary>Done before this time.</summary>
        public DateTimeOffset? To { get; init; }

        /// <summary>Done by this user, or with a key that they made.</summary>
        public Guid? UserId { get; init; }

        /// <summary>Done with this API key.</summary>
        public Guid? ApiKeyId { get; init; }

        /// <summary>Only this: `CREATE`, `UPDATE`, `DELETE`, `READ`, `EXPORT`, `ERASE`, `LOGIN`, `LOGOUT`, `STEP_UP`, `FAILURE`, `LOCKOUT` or `REFRESH_REUSE`.</summary>
        public string? Action { get; init; }

        /// <summary>Only to this sort of thing, such as `LoanOffer`.</summary>
        public string? EntityType { get; init; }

        /// <summary>Only to the thing with this id.</summary>
        public Guid? EntityId { get; init; }

        /// <summary>Only what concerns this customer, lists that have shown them included.</summary>
        public Guid? CustomerId { get; init; }

        /// <summary>`JSON` (also where it is left out) or `CSV`.</summary>
        public Format? Format { get; init; }
    }

    internal sealed class Validator : Validator<Request>
    {
        public Validator()
        {
            Include(new PageRequestValidator(_ => Order));
            RuleFor(request => request.Action)
                .Must(action => string.IsNullOrEmpty(action) || AuditAction.All.Contains(action))
                .WithErrorCode("unknown-action")
                .WithMessage($"It is one of: {string.Join(", ", AuditAction.All)}.");
            RuleFor(request => request.EntityType).MaximumLength(AuditEntry.MaximumNameLength);
            RuleFor(request => request.Format).IsInEnum();
        }
    }

    public override void Configure()
    {
        Get("audit");
        Permissions(AuditPermission.AuditRead);
        Description(route => route.Produces<Page<EntryResponse>>().Produces<Stream>(StatusCodes.Status200OK, EntryCsv.ContentType));
        // Whom it tells of stands in the entries themselves.
        this.TellsOfPersons(nameof(AuditEntry));
    }

    public override async Task<Results<Ok<Page<EntryResponse>>, PushStreamHttpResult>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var filters = new SqlFilters()
            .Add(request.From, time => $"at >= {time.ToUniversalTime()}")
            .Add(request.To, time => $"at < {time.ToUniversalTime()}")
            .Add(request.UserId, id => $"user_id = {id}")
            .Add(request.ApiKeyId, id => $"api_key_id = {id}")
            .Add(request.Action, action => $"action = {action}")
            .Add(request.EntityType, type => $"entity_type = {type}")
            .Add(request.EntityId, id => $"entity_id = {id}")
            .Add(request.CustomerId, id => $"(customer_id = {id} OR {id} = ANY (shown_ids))");
        FormattableString matching = $"FROM audit.entries WHERE {sql.OfOrganization}{filters.Conditions}";
        var cursor = Cursor.Parse(request.Cursor, Order);
        if (request.Format == Format.Csv)
        {
            db.Note(AuditAction.Export, nameof(AuditEntry), entityId: null);
            await db.SaveChangesAsync(ct);
            return TypedResults.Stream(
                stream =>
                    EntryCsv.WriteAsync(
                        stream,
                        last => ReadAsync(matching, last is null ? cursor : PositionOf(last), EntriesOfCsvAtOnce, ct),
                        ct
                    ),
                EntryCsv.ContentType,
                "audit.csv"
            );
        }
        var total = request.IncludeTotal ? await sql.ReadAsync($"SELECT count(*) {matching}", row => row.GetInt64(0), ct) : null;
        var page = await ReadAsync(matching, cursor, request.Limit + 1, ct);
        return TypedResults.Ok(request.Page(page, total?.Single(), PositionOf));
    }

    private Task<List<EntryResponse>> ReadAsync(FormattableString matching, Cursor? after, int most, CancellationToken ct)
    {
        var page = new SqlFilters().Add(after, cursor => $"(at, id) < ({cursor.Time}, {cursor.Id})");
        return sql.ReadAsync(
            $"SELECT {EntryResponse.Columns} {matching}{page.Conditions} ORDER BY at DESC, id DESC LIMIT {most}",
            EntryResponse.Read,
            ct,
            planForValues: true
        );
    }

    private static Cursor PositionOf(EntryResponse entry) => Cursor.At(entry.At, entry.Id, Order);
}
