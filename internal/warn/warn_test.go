package warn_test

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/edgeofcare/edgeofcare/internal/warn"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/contract"
	"github.com/edgeofcare/edgeofcare/model/expect"
	"github.com/edgeofcare/edgeofcare/scenario"
)

// plain is a programme in which all is certain: ten children, four of them
// Southdale's, live in foster care at £1,000 a week instead of residential care
// at £4,000 for 104 weeks, and each week earns £500.
func plain(t *testing.T) *scenario.Document {
	file, err := os.Open("testdata/plain.yaml")
	require.NoError(t, err)
	defer file.Close()
	d, err := scenario.Read("plain.yaml", file)
	require.NoError(t, err)
	return d
}

func warnings(t *testing.T, version string, edits ...string) []warn.Warning {
	var all []scenario.Edit
	for _, text := range edits {
		e, err := scenario.ParseEdit(text)
		require.NoError(t, err)
		all = append(all, e)
	}
	v, err := plain(t).Version(version, all...)
	require.NoError(t, err)
	found, err := warn.Programme(v, contract.Constant)
	require.NoError(t, err)
	return found
}

func TestWarnings(t *testing.T) {
	const trigger = "metrics.M1.trigger="
	for _, c := range []struct {
		name   string
		edits  []string
		kind   string
		path   string
		amount float64
		says   string
	}{
		{
			// 52 of the 104 weeks are left: 10 × 52 × £500 and 10 × 52 × (£4,000 − £1,000) are not.
			"the end comes first",
			[]string{"end=2027-03-30"},
			"after the end", "end", 260_000,
			"£260,000 of payments (50% of all that would be paid) and £1,560,000 of avoided cost fall after the end of the programme, 30 March 2027, and no figure here includes that: children are still followed then, the last of them until 28 March 2028",
		},
		{
			// A cap that is used up before the end leaves nothing to be paid after it.
			"the end comes first and the cap before it",
			[]string{"end=2027-03-30", "contract cap=1000"},
			"after the end", "end", 1_560_000,
			"£1,560,000 of avoided cost falls after the end",
		},
		{
			"the programme makes care dearer after its end",
			[]string{"end=2027-03-30", "contract cap=1000", "unit costs={residential: 1000, foster: 1000, edge of care: 100, reunified: 100, \"foster, planned\": 4000}"},
			"after the end", "end", 1_560_000, "£1,560,000 of extra cost of care falls after the end",
		},
		{
			// 10 × 78 weeks × £500, of 10 × 104 × £500.
			"weeks after tracking",
			[]string{"cohorts.step-down.tracking=26"},
			"short tracking", "cohorts.step-down.tracking", 390_000,
			`children of "step-down" are followed for 26 weeks from the start, and "M1" can pay until week 104: £390,000 (75% of these claims, before caps)`,
		},
		{
			"days after tracking",
			[]string{"cohorts.step-down.tracking=26", trigger + "{days: {first week paid: 1st, window: 52, cap per child: 700, interruption: ends}}"},
			"short tracking", "cohorts.step-down.tracking", 910_000, "until week 52: £910,000 (50% ", // 10 × 26 × 7 × £500
		},
		{
			// Six months are 27 weeks, so five end within 26 weeks; 24 are 105 weeks, so 23 end within 104.
			"months after tracking",
			[]string{"cohorts.step-down.tracking=26", trigger + "{calendar months: {first month paid: 1st, window: 24, cap per child: 24, interruption: ends}}"},
			"short tracking", "cohorts.step-down.tracking", 90_000, "£90,000 (78.3% ",
		},
		{
			"a milestone after tracking",
			[]string{"cohorts.step-down.tracking=26", trigger + "{milestones: {weeks: [13, 52], months: [6]}}"},
			"short tracking", "cohorts.step-down.tracking", 10_000, "£10,000 (66.7% ", // weeks 52 and 27 of 13, 27 and 52
		},
		{
			"an outcome after tracking",
			[]string{"cohorts.step-down.tracking=26", trigger + "{engagement: {after: 30 weeks}}"},
			"short tracking", "cohorts.step-down.tracking", 5_000, "until week 30: £5,000 (100% ",
		},
		{
			// One child a week for 26 weeks, who begins six weeks later. Of 13 referred by 30 June,
			// the last day of week 12, those of weeks 0 to 6 have begun: 7 ÷ 13, and 7 × £500. The
			// last begins in week 31, by 31 December all 26 have, 26 × £500.
			"a metric looks before all have begun",
			[]string{"cohorts.step-down.referrals={children: 26, from: 2026-04-01, to: 2026-09-29}", "cohorts.step-down.lag=6", trigger + "{status on a date: {date: 2026-06-30}}"},
			"measured early", "metrics.M1.trigger", 9_500,
			`"M1" looks at its cohort on 30 June 2026, and 19.0 of 26.0 children are referred too late to have begun by then: none of them can count, and those referred by then lower the rate. It is 53.8%; on 31 December 2026 it would be 100%, and what is paid for it £13,000 instead of £3,500.`,
		},
		{
			"others pay all",
			[]string{"payers={Fund: {share: 100%}}"},
			"free to a council", "payers", 520_000,
			"Northmoor and Southdale pay nothing here, and others pay £520,000 for their children",
		},
		{
			// Southdale's part is 40% of 10 × 104 × £500.
			"others pay all for one council",
			[]string{"payers={Fund: {share: 100%, claims: [Southdale]}, Northmoor: {share: 100%}}"},
			"free to a council", "payers", 208_000,
			"Southdale pays nothing here, and others pay £208,000 for its children: the net saving shown for it is as if the programme were free",
		},
		{"a weekly half", []string{"background.foster={residential: 0.5}"}, "weekly chance", "background.foster", 0, "50% of the children in \"foster\" leave it in a week, so 19 in 20 have left after 5 weeks"}, // 0.5⁵ is 3.1%
		{"all in a week", []string{"background.foster={residential: 1}"}, "weekly chance", "background.foster", 0, "so nobody stays for a second"},
		// 1.3⁵ is 3.713, 1.35⁵ is 4.484 and 100 ÷ 4.484 is 22.3, 0.75⁵ is 0.2373.
		{"inflation of 30%", []string{"price base=constant 2026/27 prices", "inflation=30%"}, "yearly rate", "inflation", 0, "inflation: 30% a year, at which what is £100 now is £371 after five years. Look whether the decimal point is right"},
		{"a discount rate of 35%", []string{"discount rate=35%"}, "yearly rate", "discount rate", 0, "discount rate: 35% a year, at which £100 in five years counts as £22 today"},
		{"growth of 25% for one council too", []string{"unit costs.residential={amount: 4000, growth: 25%, by commissioner: {Southdale: 900}}"}, "yearly rate", "unit costs.residential.growth", 0, "unit costs.residential.growth: 25% a year"},
		{"an indexation that falls", []string{"price base=constant 2026/27 prices", "inflation=2%", "metrics.M1.tariff={amount: 500, indexation: -25%}"}, "yearly rate", "metrics.M1.tariff.indexation", 0, "-25% a year, at which what is £100 now is £24 after five years"},
		{
			// A week has 1 − 0.5^(1/52) = 0.0132413 either way, so after 52 weeks (1 − (1 − 0.0264826)⁵²) ÷ 2 = 37.6%.
			"moves within a year of which many come back",
			[]string{"background={foster: {residential: {within: 52 weeks, probability: 50%}}, residential: {foster: 0.0132413}}"},
			"within weeks", "background.foster", 0, "background.foster: 50% of the children in \"foster\" go to \"residential\" within 52 weeks, which is taken as where they went first. As children move on and come by other ways, 37.6% of them are in \"residential\" after 52 weeks",
		},
		{"moves together", []string{"cohorts.step-down.background={foster: {residential: 15%, reunified: 15%}}"}, "weekly chance", "cohorts.step-down.background.foster", 0, "30% of the children"},
		{"failures of one piece", []string{"cohorts.step-down.failure=[{weeks in state: 0 to 3, moves: none}, {weeks in state: 4 on, hazard: 25%, to: {foster: 100%}}]"}, "weekly chance", "cohorts.step-down.failure", 0, "25% of the children in \"foster, planned\""},
		{
			// Without the programme: 10 × 104 × £900.
			"residential care cheaper than foster care",
			[]string{"unit costs.residential=900"},
			"cost order", "unit costs.residential", 936_000,
			"for Northmoor and Southdale a week in residential care costs £900, less than a week in foster care (£1,000)",
		},
		{
			"for one council alone",
			[]string{"unit costs.residential={amount: 4000, by commissioner: {Southdale: 900}}"},
			"cost order", "unit costs.residential", 374_400,
			"for Southdale a week in residential care costs £900",
		},
		{
			"from a later year on", []string{"unit costs.residential={amount: 4000, by year: {2027/28: 400}}"}, "cost order", "unit costs.residential", 2_288_000, // half at £4,000, half at £400
			"costs £400",
		},
		{"foster care cheaper than home", []string{"unit costs.foster=50"}, "cost order", "unit costs.foster", 4_160_000, "a week in foster care costs £50, less than a week at home (£100)"},
		{
			"paid from after the window",
			[]string{trigger + "{full weeks: {first payable week: 104, window: 104, cap per child: 104, interruption: ends}}"},
			"never earned", "metrics.M1", 500_000,
			`nothing is ever paid under "M1", because no child can earn a unit; at target it would be £500,000. Look at the first week paid`,
		},
		{"nobody starts", []string{"cohorts.step-down.start probability=0"}, "never earned", "metrics.M1", 500_000, "No child of step-down starts"},
		{"a start that nobody leaves", []string{"background={foster: {residential: 0.01}}"}, "start never left", "cohorts.step-down.start state", 0, `without the programme no child of "step-down" ever leaves "residential", where all of them start`},
		{"a payer without a share", []string{"payers={Fund: {share: 0%}, commissioner: {share: 100%}}"}, "payer without payments", "payers.Fund", 520_000, `"Fund" is listed among the payers and pays nothing of £520,000`},
		{"a share from too late on", []string{"end=2030-03-31", "payers={Fund: {share: [{share: 0%}, {from: 2029-04-01, share: 30%}]}, commissioner: {share: [{share: 100%}, {from: 2029-04-01, share: 70%}]}}"}, "payer without payments", "payers.Fund", 520_000, "the dates of it"},
		{"a pause after the referrals", []string{"cohorts.step-down.referrals.pauses=[{from: 2026-06-01, to: 2026-06-30}]"}, "pause without effect", "cohorts.step-down.referrals.pauses.1", 0, "nobody would have been referred in the pause"},
		{"a tenth of the price", []string{"metrics.M1.tariff=50"}, "edited number", "metrics.M1.tariff", 0, "an edit puts another number in place of one, and does not multiply it: metrics.M1.tariff from 500 to 50 (0.1 times as much)"},
		{"a percentage for a share", []string{"cohorts.step-down.start probability=2%"}, "edited number", "cohorts.step-down.start probability", 0, "from 100% to 2% (0.02 times as much)"},
		{"an edit of what is there", []string{"metrics.M1.tariff=500.00"}, "changes nothing", "", 0, `"metrics.M1.tariff=500.00" changes no figure here`},
	} {
		t.Run(c.name, func(t *testing.T) {
			var same []warn.Warning
			for _, w := range warnings(t, "expected", c.edits...) {
				if w.Kind == c.kind {
					same = append(same, w)
				}
			}
			require.Len(t, same, 1)
			require.Equal(t, c.path, same[0].Path)
			require.InDelta(t, c.amount, same[0].Amount, 0.005)
			require.Contains(t, same[0].Text, c.says)
		})
	}
}

// What is near a slip and may well be meant is not warned of.
func TestNoWarnings(t *testing.T) {
	for _, edits := range [][]string{
		{},
		{"background.residential={foster: 20%}"}, // just not above
		{"unit costs.residential=1000"},          // as dear as foster care
		{"metrics.M1.tariff=110"},                // less than five times lower
		{"metrics.M1.tariff*=0.1"},               // a factor that was asked for
		{"cohorts.step-down.lag=1 week", "end=2028-04-04"},         // a length of time, and a date
		{"payers={Fund: {share: 99%}, commissioner: {share: 1%}}"}, // a council that pays something
		{"metrics.M1.tariff=none"},                                 // recorded and never paid
		{"cohorts.step-down.tracking=103"},                         // months are rounded up to weeks
		{"commissioners={Northmoor: 100%, Southdale: 0%}"},         // a council without referrals
		{"cohorts.step-down.referrals.to=2026-04-14", "cohorts.step-down.referrals.pauses=[{from: 2026-04-08, to: 2026-04-14}]", "end=2028-04-04"},
	} {
		require.Empty(t, warnings(t, "expected", edits...), "%v", edits)
	}
	require.Empty(t, warnings(t, "expected + a low price"), "a variant stands beside its source")
}

// A factor where a price was to be multiplied, in the variant of a file.
func TestAFactorInAFile(t *testing.T) {
	found := warnings(t, "expected + a factor for a price")
	require.Len(t, found, 1)
	require.Contains(t, found[0].Text, `"a factor for a price" puts another number in place of one, and does not multiply it: metrics.M1.tariff from 500 to 0.5 (0.001 times as much)`)
}

// The amount is what a run has more once the end is moved to the day that the
// warning names, in a programme with eight cohorts, six triggers and caps.
func TestWhatFallsAfterTheEndIsThereOnceItIsMoved(t *testing.T) {
	d, err := scenario.Open("pyramid")
	require.NoError(t, err)
	paid := func(edits ...scenario.Edit) float64 {
		v, err := d.Version("base", edits...)
		require.NoError(t, err)
		found, err := warn.Programme(v, contract.Constant)
		require.NoError(t, err)
		for _, w := range found {
			if w.Kind == "after the end" {
				require.Empty(t, edits)
				require.Contains(t, w.Text, "until 26 May 2026.")
				return w.Amount
			}
		}
		require.NotEmpty(t, edits)
		return 0
	}
	atStake := paid()
	require.Zero(t, paid(scenario.Set("end", "2026-05-26")))
	require.InDelta(t, total(t, d, scenario.Set("end", "2026-05-26"))-total(t, d), atStake, 0.005)
	require.Greater(t, atStake, 100_000.0)
}

// A file says what concerns all its cases once, and what concerns none of them.
func TestFile(t *testing.T) {
	found, err := warn.File(plain(t))
	require.NoError(t, err)
	var texts []string
	for _, g := range found {
		texts = append(texts, g.String())
	}
	require.Equal(t, []string{
		`Warning: the case "twin" has the same figures as the case "expected".`,
		`Warning: the variant "no cap" changes no figure in any case.`,
	}, texts)
}

func TestGrouped(t *testing.T) {
	w := func(path string, amount float64, text string) warn.Warning {
		return warn.Warning{Kind: "kind", Path: path, Amount: amount, Text: text}
	}
	for _, c := range []struct {
		labels []string
		found  [][]warn.Warning
		want   []string
	}{
		{[]string{""}, [][]warn.Warning{{w("", 0, "one")}}, []string{"Warning: one."}},
		{[]string{"low", "high"}, [][]warn.Warning{{w("", 0, "one")}, {w("", 0, "one"), w("", 0, "two")}}, []string{"Warning (low and high): one.", "Warning (high): two."}},
		{[]string{"low", "high"}, [][]warn.Warning{{w("end", 1, "£1")}, {w("end", 2, "£2")}}, []string{"Warning (low and high; the figures are those of high): £2."}},
		{[]string{"low", "high"}, [][]warn.Warning{{w("end", 2, "£2")}, {w("end", 1, "£1")}}, []string{"Warning (low and high; the figures are those of low): £2."}},
		{[]string{"low", "high"}, [][]warn.Warning{{w("end", 2, "£2"), w("end", 1, "£1")}, nil}, []string{"Warning (low): £2.", "Warning (low): £1."}},
		{[]string{"a", "b", "c", "d"}, [][]warn.Warning{{w("", 0, "x")}, {w("", 0, "x")}, {w("", 0, "x")}, {w("", 0, "x")}}, []string{"Warning (all): x."}},
		{[]string{"a", "b", "c", "d", "e"}, [][]warn.Warning{{w("", 0, "x")}, {w("", 0, "x")}, {w("", 0, "x")}, {w("", 0, "x")}, nil}, []string{"Warning (a, b, c and d): x."}},
	} {
		var got []string
		for _, g := range warn.Grouped(c.labels, c.found) {
			got = append(got, g.String())
		}
		require.Equal(t, c.want, got)
	}
}

// total is the payments of pyramid's base case in the central projection.
func total(t *testing.T, d *scenario.Document, edits ...scenario.Edit) float64 {
	v, err := d.Version("base", edits...)
	require.NoError(t, err)
	pence := int64(0)
	e, err := expect.Of(v.Programme)
	require.NoError(t, err)
	ledger, err := model.Price(v.Programme, e.Counts, contract.Constant)
	require.NoError(t, err)
	for _, x := range ledger.Payments {
		pence += x
	}
	return float64(pence) / 100
}

// Names that look the same are two for the program: each warning has both places.
func TestNamesThatLookAlike(t *testing.T) {
	file, err := os.ReadFile("testdata/plain.yaml")
	require.NoError(t, err)
	text := strings.Replace(string(file), "states:\n", "states:\n  \"Fund\\u00a0\": {parent: foster}\n", 1)
	text = strings.Replace(text, "\nvariants:", "\n  d\u0435ar: {}\n  \"dear\\u200f\": {}\nvariants:", 1)
	require.NotEqual(t, string(file), text)
	d, err := scenario.Read("plain.yaml", strings.NewReader(text))
	require.NoError(t, err)
	found, err := warn.File(d)
	require.NoError(t, err)
	var said []string
	for _, w := range found {
		if w.Kind == "look-alike names" {
			said = append(said, w.Text)
		}
	}
	const alike = " and is another name: write both alike if one thing is meant, or tell them apart"
	require.Equal(t, []string{
		`"Fund" under payers looks like "Fund\u00a0" under states` + alike,
		`"d\u0435ar" under cases looks like "dear" under cases` + alike,
		`"dear\u200f" under cases looks like "dear" under cases` + alike,
	}, said)
	require.Empty(t, warnings(t, ""))
}
