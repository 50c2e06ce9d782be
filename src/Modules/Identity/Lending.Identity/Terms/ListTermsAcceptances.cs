using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Identity.Data;
using Lending.Kernel;
using Lending.Platform.Audit;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Terms;

/// <summary>Lists who accepted a version of the caller's organisation's terms or privacy policy, in its language, latest first.</summary>
internal sealed class ListTermsAcceptances(IdentityDbContext db)
    : Endpoint<ListTermsAcceptances.Request, Results<Ok<Page<ListTermsAcceptances.Entry>>, Problem>>
{
    internal sealed record Request : PageRequest;

    internal sealed class Validator : Validator<Request>
    {
        public Validator() => Include(new PageRequestValidator(_ => Cursor.NewestFirst));
    }

    /// <summary>Somebody's acceptance.</summary>
    /// <param name="Id">The acceptance's id.</param>
    /// <param name="User">Who accepted; by the name that they have now.</param>
    /// <param name="AcceptedAt">When.</param>
    internal sealed record Entry(Guid Id, UserReference User, DateTimeOffset AcceptedAt);

    public override void Configure()
    {
        Get("terms/{id:guid}/acceptances");
        Permissions(IdentityPermission.UsersManage);
        this.TellsOfPersons<Entry>(nameof(User), entry => entry.User.Id, _ => null);
    }

    public override async Task<Results<Ok<Page<Entry>>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        var id = Route<Guid>("id");
        var version = await db
            .TermsVersions.Where(row => row.Id == id)
            .Select(row => new
            {
                row.Kind,
                row.Number,
                row.Language,
            })
            .SingleOrDefaultAsync(ct);
        if (version is null)
        {
            return Problem.NotFound;
        }
        var acceptances = db.TermsAcceptances.Where(row =>
            row.Kind == version.Kind && row.Number == version.Number && row.Language == version.Language
        );
        var total = request.IncludeTotal ? await acceptances.LongCountAsync(ct) : (long?)null;
        var rows = await acceptances
            .PageNewestFirst(request)
            .Select(row => new Entry(row.Id, new UserReference(row.UserId, row.User.UserName!), row.CreatedAt))
            .ToListAsync(ct);
        return TypedResults.Ok(request.Page(rows, total, row => Cursor.At(row.AcceptedAt, row.Id)));
    }
}
