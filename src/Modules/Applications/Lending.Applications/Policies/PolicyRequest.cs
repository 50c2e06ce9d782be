using FastEndpoints;
using FluentValidation;
using FluentValidation.Results;
using Lending.Applications.Scoring;

namespace Lending.Applications.Policies;

/// <summary>What can be set of a policy that is a draft.</summary>
internal sealed record PolicyRequest
{
    /// <summary>By what is decided, the whole of it.</summary>
    public CreditPolicy? Policy { get; init; }

    internal sealed class Validator : Validator<PolicyRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Policy).NotNull();
            RuleFor(request => request.Policy)
                .Custom(
                    (policy, context) =>
                    {
                        foreach (var fault in policy is null ? [] : CreditPolicyRules.FaultsOf(policy))
                        {
                            context.AddFailure(
                                new ValidationFailure($"policy.{fault.Path}", fault.Message) { ErrorCode = "invalid-policy" }
                            );
                        }
                    }
                );
        }
    }
}
