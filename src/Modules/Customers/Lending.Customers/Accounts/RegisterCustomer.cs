using FastEndpoints;
using FluentValidation;
using Lending.Customers.Profiles;
using Lending.Identity.Contracts;
using Lending.Kernel;
using Lending.Platform.Http;
using Lending.Platform.Persistence;
using Lending.Platform.Security;
using Mapster;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Lending.Customers.Accounts;

/// <summary>Signs a customer up: profile and account in one step, in the default organisation. Only where the configuration allows it.</summary>
/// <response code="403">`self-registration-disabled`: customers cannot sign up here by themselves.</response>
/// <response code="409">`email-taken`, `username-taken`: another customer or account has this e-mail address or user name.</response>
/// <response code="429">`too-many-requests`: wait as long as `Retry-After` says.</response>
internal sealed class RegisterCustomer(
    IOptions<RegistrationOptions> options,
    IOrganizationDirectory organizations,
    ProfileWriter profiles,
    Caller caller,
    TimeProvider clock
) : Endpoint<RegisterCustomer.Request, Results<Created<CustomerResponse>, Problem>>
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
            RuleFor(request => request.Username).NotEmpty().MaximumLength(MaximumLength).OnOneLine();
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
        Options(route => route.RequireRateLimiting(RateLimits.Authentication));
        // Where sign-up is off, the answer to any readable request is 403.
        DontThrowIfValidationFails();
    }

    public override async Task<Results<Created<CustomerResponse>, Problem>> ExecuteAsync(Request request, CancellationToken ct)
    {
        if (options.Value.AllowCustomerSelfRegistration is not true)
        {
            return Problem.From(SelfRegistrationDisabled);
        }
        ThrowIfAnyErrors();
        var organization = await organizations.GetDefaultAsync(ct);
        var now = clock.GetStorableNow();
        var user = new UserReference(Guid.CreateVersion7(now), request.Username.Trim());
        caller.ActFor(organization.Id, user);
        var customer = Customer.Create(request, user, now);
        var account = new NewCustomerAccount(customer.Id, organization.Id, customer.Email, user.Username, request.Password)
        {
            UserId = user.Id,
        };
        var errors = await profiles.AddAsync(customer, account, ct);
        if (errors.Count > 0)
        {
            return Problem.From(errors);
        }
        HttpContext.SetETag(customer.RowVersion);
        return TypedResults.Created($"/api/v1/customers/{customer.Id}", customer.Adapt<CustomerResponse>());
    }
}
