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

    public async Task<IReadOnlyList<StaffMember>> ListAsync(Role role, CancellationToken ct) =>
        await db
            .Users.Where(user => user.Role == role && user.Active)
            .OrderBy(user => user.Id)
            .Select(user => new StaffMember(user.Id, user.UserName!, user.Email!))
            .ToListAsync(ct);

    private IQueryable<User> Active(Guid userId) => db.Users.Where(user => user.Id == userId && user.Active && user.Role != Role.Customer);
}
