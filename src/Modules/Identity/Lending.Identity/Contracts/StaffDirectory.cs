using Lending.Identity.Data;
using Lending.Identity.Users;
using Lending.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Contracts;

internal sealed class StaffDirectory(IdentityDbContext db) : IStaffDirectory
{
    public Task<bool> IsActiveAsync(Guid userId, CancellationToken ct) => Active(userId).AnyAsync(ct);

    public Task<string?> FindEmailAsync(Guid userId, CancellationToken ct) =>
        Active(userId).Select(user => user.Email).SingleOrDefaultAsync(ct);

    public async Task<IReadOnlyList<Administrator>> ListAdministratorsAsync(CancellationToken ct) =>
        await db
            .Users.Where(user => user.Role == Role.Admin && user.Active)
            .OrderBy(user => user.Id)
            .Select(user => new Administrator(user.Id, user.UserName!, user.Email!))
            .ToListAsync(ct);

    private IQueryable<User> Active(Guid userId) => db.Users.Where(user => user.Id == userId && user.Active && user.Role != Role.Customer);
}
