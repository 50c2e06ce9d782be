using FastEndpoints;
using FluentValidation;
using Lending.Customers.Data;
using Lending.Customers.Profiles;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Notifications.Contracts;
using Lending.Platform.Clocks;
using Lending.Platform.Encryption;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Customers.Accounts;

/// <summary>Signs a customer up: profile and account in one step, in the default organisation. Only where the configuration allows it.</summary>
/// <remarks>
/// Where e-mails have to be confirmed, the answer is 202: the account works as soon as the link is used that was mailed. It is the same for an e-mail that is known
/// already, whose owner is told by mail.
/// </remarks>
/// <response code="403">`self-registration-disabled`: customers cannot sign up here by themselves.</response>
/// <response code="409">`email-taken`, `username-taken`: another customer or account has this e-mail address or user name.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RegisterCustomer(
    SelfRegistration registration,
    CustomersDbContext db,
    IOrganizationDirectory organizations,
    ProfileWriter profiles,
    ICustomerAccounts accounts,
    INotifications notifications,
    EvenTime evenTime,
    KeyRing ring,
    Caller caller,
    OrganizationClock clock
) : Endpoint<RegisterCustomer.Request, Results<Created<CustomerResponse>, Accepted, Problem>>
{
    private static readonly Error SelfRegistrationDisabled = Error.Forbidden(
        "self-registration-disabled",
        "Customers cannot sign up here by themselves. Ask your installer to create your profile and to invite you."
    );

    internal sealed record Request : CustomerFields
    {
        /// <summary>The name to log in with.</summary>
        /// <example>anna.schaefer</example>
        public string Username { get; init; } = "";

        /// <summary>The password: at least 12 characters, not a common one, not only digits, not like the user name or e-mail address.</summary>
        /// <example>Sonnendach-und-Speicher</example>
        public string Password { get; init; } = "";

        /// <summary>The password once more.</summary>
        /// <example>Sonnendach-und-Speicher</example>
        public string PasswordConfirm { get; init; } = "";
    }

    internal sealed class Validator : Validator<Request>
    {
        // Identity has its own rules; these only keep what is surely wrong away from it.
        private const int MaximumLength = 256;

        public Validator()
        {
            Include(new CustomerFields.Rules());
            RuleLevelCascadeMode = CascadeMode.Stop;
            RuleFor(request => request.Username).NotEmpty().MaximumLength(MaximumLength).MustBeOneLine();
            RuleFor(request => request.Password).NotEmpty().MaximumLength(MaximumLength);
            RuleFor(request => request.PasswordConfirm)
                .Equal(request => request.Password)
                .WithErrorCode("passwords-differ")
                .WithMessage("The two passwords are not the same.");
        }
    }

    public override void Configure()
    {
        Post("auth/register-customer");
        AllowAnonymous();
        Options(route => route.RequireRateLimiting(RateLimits.Registration));
        // Where sign-up is off, the answer to any readable request is 403.
        DontThrowIfValidationFails();
    }

    public override async Task<Results<Created<CustomerResponse>, Accepted, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (!registration.IsAllowed)
        {
            return Problem.From(SelfRegistrationDisabled);
        }
        ThrowIfAnyErrors();
        var organization = await organizations.GetDefaultAsync(ct);
        var now = clock.GetStorableNow();
        var user = new UserReference(Guid.CreateVersion7(now), request.Username.Trim());
        caller.ActFor(organization.Id, user);
        var customer = Customer.Create(request, user, now);
        var account = new NewCustomerAccount(customer.Id, organization.Id, customer.Email.Text, user.Username, request.Password)
        {
            UserId = user.Id,
        };
        if (!registration.RequiresConfirmedEmail)
        {
            if (await profiles.AddAsync(customer, account, ct) is { Count: > 0 } refused)
            {
                return Problem.From(refused);
            }
            HttpContext.SetETag(customer.RowVersion);
            return TypedResults.Created($"/api/v1/customers/{customer.Id}", customer.Adapt<CustomerResponse>());
        }
        IReadOnlyList<Error> errors = [];
        await evenTime.SpendAsync(async () => errors = await RegisterUnconfirmedAsync(customer, account, ct), ct);
        return errors.Count == 0 ? TypedResults.Accepted((string?)null) : Problem.From(errors);
    }

    private async Task<IReadOnlyList<Error>> RegisterUnconfirmedAsync(Customer customer, NewCustomerAccount account, CancellationToken ct)
    {
        // First, so that these answers do not depend on the e-mail.
        if (await accounts.FindObstaclesAsync(account, ct) is { Count: > 0 } obstacles)
        {
            return obstacles;
        }
        var email = ring.SearchHash(CustomerColumns.Email, customer.Email.Text);
        var hasProfile = await db
            .Customers.IgnoreQueryFilters([ModuleDbContext.CustomerFilter])
            .AnyAsync(row => EF.Property<byte[]>(row, CustomerConfiguration.EmailHash) == email, ct);
        if (!hasProfile && await profiles.AddAsync(customer, account, ct) is var errors && errors.All(error => error.Field != "email"))
        {
            return errors;
        }
        // Told by mail only, and only the owner.
        await notifications.SendAsync(Message.AccountExists(customer.Email.Text), ct);
        return [];
    }
}
