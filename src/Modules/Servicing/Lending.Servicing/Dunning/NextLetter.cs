using Lending.Kernel;
using Lending.Servicing.Books;
using Lending.Servicing.LoanAccounts;

namespace Lending.Servicing.Dunning;

/// <summary>Which level the next letter has, or why there is none.</summary>
internal static class NextLetter
{
    /// <summary>The number of the level, 1, 2, …; or an error.</summary>
    /// <param name="contract">What was agreed.</param>
    /// <param name="state">The loan today.</param>
    /// <param name="levels">The organisation's levels.</param>
    /// <param name="letters">What was written so far.</param>
    /// <param name="offers">The forbearance that was offered.</param>
    public static (int Level, Error? Error) Of(
        LoanContract contract,
        LoanState state,
        IReadOnlyList<DunningLevel> levels,
        IEnumerable<DunningLetter> letters,
        IEnumerable<ForbearanceOffer> offers
    )
    {
        if (!state.IsRunning)
        {
            return (0, DunningErrors.NotRunning);
        }
        if (state.Arrears.DaysPastDue == 0 && state.LeftOverSince is null)
        {
            return (0, DunningErrors.NothingOverdue);
        }
        if (state.BaseRateMissingFrom is not null)
        {
            return (0, ServicingErrors.BaseRateMissing);
        }
        var oldest = state.LeftOverSince ?? state.Arrears.Instalments[0].DueOn;
        // A letter counts as long as something that it named is unpaid; after that, dunning begins anew.
        var last = letters.Where(letter => letter.LatestDueOn >= oldest).OrderBy(letter => letter.Level).LastOrDefault();
        var level = (last?.Level ?? 0) + 1;
        return (level, FindObstacle());

        Error? FindObstacle()
        {
            if (level > levels.Count)
            {
                return DunningErrors.NoFurtherLevel;
            }
            var next = levels[level - 1];
            if (last is null && state.AsOf < oldest.AddDays(next.AfterDays!.Value))
            {
                return DunningErrors.TooEarly;
            }
            // Nobody is dunned again before the time has passed that the last letter gave.
            if (last is not null && (state.AsOf <= last.PayBy || state.AsOf < last.WrittenOn.AddDays(next.AfterDays!.Value)))
            {
                return DunningErrors.LetterTooYoung;
            }
            if (!next.ThreatensCallingDue)
            {
                return null;
            }
            if (!CallingDue.AllowsNotice(contract, state))
            {
                return DunningErrors.NoticeNotAllowed;
            }
            return Forbearance.FindObstacle(contract.Law, state.Arrears, state.AsOf, offers);
        }
    }
}
