using System.Text;

namespace OpenLedger.Journeys;

/// <summary>Rows somebody could have written, as question and answer: the care of a bicycle, birds in a garden, bread. Knows nothing of the Studio.</summary>
internal static class PracticeRows
{
    private static readonly (string Question, string Answer)[] Rows =
    [
        ("How often should a bicycle chain be oiled?", "Every 200 kilometres in dry weather, and after every ride in the rain."),
        ("What tyre pressure suits a city bike?", "Between 3 and 4 bar; heavier riders take the upper end."),
        ("Why does my front brake squeal?", "Grease on the rim is the usual reason, so clean it with alcohol and roughen the pads."),
        ("When is a cassette worn out?", "When a new chain skips on the small sprockets under load."),
        ("Which tool opens a quill pedal?", "A 15 millimetre spanner; the left pedal has a left-hand thread."),
        ("How do I find a slow puncture?", "Hold the pumped tube under water and look for bubbles."),
        ("What does a derailleur hanger do?", "It bends before the frame does, and costs far less to replace."),
        ("How high should the saddle be?", "So that the heel rests on the pedal with a straight leg."),
        ("Are dynamo lamps better than battery lamps?", "They are always ready, but they weigh more and slow the wheel a little."),
        ("Can a carbon fork be repaired?", "Only by a specialist; after a hard crash it should be replaced."),
        ("How are spokes trued?", "Turn the nipple a quarter, opposite pairs together, and check with the brake as a gauge."),
        ("Why do gears slip uphill?", "The cable has stretched; add tension with the barrel adjuster."),
        ("What keeps rust off steel frames?", "Wax sprayed into the tubes each autumn."),
        ("Is a helmet good after a fall?", "No, its foam is crushed even where nothing can be seen."),
        ("How long do brake pads last?", "About 3,000 kilometres, less in the mountains or in mud."),
        ("Which lock resists thieves longest?", "A hardened U-lock with two bolts, through frame and wheel."),
        ("Should children start with pedals?", "A balance bike first teaches steering, and pedals follow within a day."),
        ("How is a bottom bracket tested for play?", "Take the crank and push it sideways; any knock means worn bearings."),
        ("What does 700C mean on a rim?", "The old French name for tyres of about 700 millimetres outside; the bead seat is 622."),
        ("Does a wider tyre roll slower?", "At equal comfort it does not: the shorter patch deforms less."),
        ("How is an e-bike battery stored in winter?", "Half charged, dry, at ten to fifteen degrees."),
        ("Why is my handlebar loose?", "The stem bolts must be tightened crosswise to five newton metres."),
        ("Can I wash a bicycle with a pressure jet?", "Better not, because water gets past the seals of hubs and headset."),
        ("What should be in a touring repair kit?", "Two tubes, levers, a pump, a multitool, a chain link and a few cable ties."),
    ];

    private static readonly (string Question, string Answer)[] BirdRows =
    [
        ("Which seeds do goldfinches take?", "Nyjer and sunflower hearts, from a feeder with small holes."),
        ("When should a nesting box be cleaned?", "In October, once the last brood has long left it."),
        ("Do robins stay in winter?", "Most do, and sing in every month of the year."),
        ("How deep is a good bird bath?", "Between two and ten centimetres, with a rough slope to stand on."),
        ("Why do blackbirds turn leaves over?", "They look for worms and beetles underneath."),
    ];

    private static readonly (string Question, string Answer)[] OfferedBirdRows =
    [
        ("What do swifts eat?", "Insects only, which they catch in flight."),
        ("How far from a window should a feeder hang?", "Closer than one metre or farther than ten, so that no bird hits the glass at speed."),
    ];

    private static readonly (string Question, string Answer)[] BreadRows =
    [
        ("How is a sourdough starter fed?", "With equal parts of flour and water by weight, once a day in a warm kitchen."),
        ("How is a sourdough starter fed in summer?", "With equal parts of flour and water by weight, once a day in a warm kitchen."),
        ("Why does bread need salt?", "It slows the yeast, tightens the gluten, and bread without it tastes of nothing."),
        ("What is a baker's percentage?", "Each part by weight against the flour, which counts as one hundred."),
    ];

    public static byte[] Csv() => AsCsv(Rows);

    public static byte[] Birds() => AsCsv(BirdRows);

    /// <summary>From somebody else than whose birds they are.</summary>
    public static byte[] OfferedBirds() => AsCsv(OfferedBirdRows);

    /// <summary>Two of them say nearly the same.</summary>
    public static byte[] Bread() => AsCsv(BreadRows);

    /// <summary>A file with a row twice, an empty answer, a cell too many, and two rows that say nearly the same.</summary>
    public static byte[] FaultyBread() => Encoding.UTF8.GetBytes(
        Encoding.UTF8.GetString(Bread()) + "\"Why does bread need salt?\",\"It slows the yeast, tightens the gluten, and bread without it tastes of nothing.\"\r\n\"How hot is the oven?\",\"\"\r\n\"What is a poolish?\",\"Flour and water, one to one\",\"with a little yeast\"\r\n");

    // As a spreadsheet program saves it.
    private static byte[] AsCsv(IEnumerable<(string Question, string Answer)> rows) =>
        Encoding.UTF8.GetBytes("question,answer\r\n" + string.Concat(rows.Select(row => $"\"{row.Question}\",\"{row.Answer}\"\r\n")));
}
