using Lending.Applications.Bureau;
using Lending.Applications.CreditApplications;
using Lending.Applications.Scoring;
using Lending.Kernel;
using Lending.Loans.Amortization;

namespace Lending.Applications.Assessments;

/// <summary>What a decision rests on, of what applicants say and bureaus answered.</summary>
internal static class DecisionInputsOf
{
    /// <summary>The instalment of the loan that is asked for, or why there is none.</summary>
    public static (decimal Instalment, Error? Error) Instalment(ApplicationDetails details, string currency) =>
        LoanQuote.TryOf(
            new LoanTerms(details.LoanAmount!.Value, details.AnnualRatePercent!.Value, details.TermMonths!.Value, Currency.Get(currency)),
            out var quote,
            out var error
        )
            ? (quote.MonthlyPayment, null)
            : (0, error);

    /// <summary>The inputs of complete details.</summary>
    public static DecisionInputs Of(
        CreditApplication application,
        decimal instalment,
        string? country,
        IReadOnlyList<ScoreInquiry> inquiries
    )
    {
        var details = application.ReadContent().Details;
        var applicants = ApplicantsOf(application, details);
        return new()
        {
            Budget = new()
            {
                NetIncome = applicants.Sum(applicant => applicant.Details.NetIncome!.Amount!.Value),
                StatedExpenses = details.LivingExpenses?.Amount ?? 0,
                Housing = details.Housing!.Amount!.Value,
                ExistingInstalments = details.ExistingInstalments?.Amount ?? 0,
                Adults = details.Adults!.Value,
                Children = details.Children ?? 0,
                Cars = details.Cars ?? 0,
            },
            Instalment = instalment,
            Country = country,
            OwnSharePercent = details.OwnSharePercent ?? 0,
            Applicants =
            [
                .. applicants.Select(applicant => new ApplicantFacts
                {
                    Employment = applicant.Details.Employment!.Value,
                    EmploymentMonths = applicant.Details.EmploymentMonths!.Value,
                    Arrears = applicant.Details.Arrears ?? 0,
                    Bureau = inquiries.Single(inquiry => inquiry.CustomerId == applicant.CustomerId).Answer,
                }),
            ],
        };
    }

    /// <summary>What the decision would have rested on, had this one of two applied alone for the same household.</summary>
    public static DecisionInputs Alone(CreditApplication application, Guid customerId, DecisionInputs together)
    {
        var applicants = ApplicantsOf(application, application.ReadContent().Details);
        var position = applicants.FindIndex(applicant => applicant.CustomerId == customerId);
        return together with
        {
            Budget = together.Budget with { NetIncome = applicants[position].Details.NetIncome!.Amount!.Value },
            Applicants = [together.Applicants[position]],
        };
    }

    // Who earns most comes first. Sorting is stable: of two who earn alike, the first stays first.
    private static List<(Guid CustomerId, ApplicantDetails Details)> ApplicantsOf(CreditApplication application, ApplicationDetails details)
    {
        List<(Guid CustomerId, ApplicantDetails Details)> applicants = [(application.CustomerId, details.First!)];
        if (application.SecondCustomerId is { } second)
        {
            applicants.Add((second, details.Second!));
        }
        return [.. applicants.OrderByDescending(applicant => applicant.Details.NetIncome!.Amount)];
    }
}
