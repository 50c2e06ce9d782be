using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Microsoft.EntityFrameworkCore;

namespace Lending.Identity.Data;

/// <summary>Users, organisations and sessions: schema <c>identity</c>.</summary>
internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options, Caller caller)
    : ModuleDbContext(options, caller, Schema)
{
    public const string Schema = "identity";
}
