using Lending.Identity.Data;
using Lending.Identity.Users;

namespace Lending.Identity.Terms;

internal static class TermsQueries
{
    /// <summary>The versions that are in force at this time: of each kind the highest number whose time has come, in all of its languages.</summary>
    public static IQueryable<TermsVersion> TermsInForce(this IdentityDbContext db, DateTimeOffset now) =>
        db.TermsVersions.Where(version =>
            version.ValidFrom <= now
            && !db.TermsVersions.Any(newer =>
                newer.OrganizationId == version.OrganizationId
                && newer.Kind == version.Kind
                && newer.Number > version.Number
                && newer.ValidFrom <= now
            )
        );

    /// <summary>The users with how they stand to the terms, so that whoever reads a user need not ask again.</summary>
    public static IQueryable<UserWithTerms> WithTerms(this IQueryable<User> users, IdentityDbContext db, DateTimeOffset now)
    {
        var inForce = db.TermsInForce(now);
        return users.Select(user => new UserWithTerms
        {
            User = user,
            Terms = new TermsStanding
            {
                Waiting = inForce.Any(version =>
                    version.OrganizationId == user.OrganizationId
                    && !db.TermsAcceptances.Any(acceptance =>
                        acceptance.UserId == user.Id && acceptance.Kind == version.Kind && acceptance.Number == version.Number
                    )
                ),
                Mandatory = db.Organizations.Any(organization => organization.Id == user.OrganizationId && organization.TermsMandatory),
            },
        });
    }
}
