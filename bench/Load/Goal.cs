using System.Globalization;

namespace Lending.Bench.Load;

/// <summary>A goal, and what was measured for it.</summary>
internal sealed record Goal(string What, double Measured, string Bound, bool IsMet)
{
    public static Goal AtLeast(string what, double measured, double least) =>
        new(what, measured, $"at least {Text(least)}", measured >= least);

    public static Goal AtMost(string what, double measured, double most) => new(what, measured, $"at most {Text(most)}", measured <= most);

    public static void Print(IEnumerable<Goal> goals)
    {
        Console.WriteLine($"{"goal", -46}{"measured", 12}   ");
        foreach (var goal in goals)
        {
            Console.WriteLine($"{goal.What, -46}{Text(goal.Measured), 12}   {goal.Bound, -18}{(goal.IsMet ? "met" : "MISSED")}");
        }
    }

    private static string Text(double number) => number.ToString(number < 10 ? "0.###" : "#,0.#", CultureInfo.InvariantCulture);
}
