package contract_test

import (
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What lives earn under each type of trigger, by hand: lives and units are
// written as in TestFullWeeksByHand, full weeks being there.

func TestDaysByHand(t *testing.T) {
	ends, pauses := contract.Ends, contract.Pauses
	for _, c := range []struct {
		what  string
		life  string
		start int
		terms contract.Days
		want  string
	}{
		{"seven days a week", "rrpppp", 2, contract.Days{0, 10, 70, ends}, "..7777"},
		{"never started", "rrpppp", -1, contract.Days{0, 10, 70, ends}, "......"},
		{"first payable week", "rrpppp", 2, contract.Days{1, 10, 70, ends}, "...777"},
		{"window", "rrpppp", 2, contract.Days{1, 3, 70, ends}, "...77."},
		{"cap of whole weeks", "rrpppp", 2, contract.Days{0, 10, 14, ends}, "..77.."},
		{"cap inside a week", "rrpppp", 2, contract.Days{0, 10, 20, ends}, "..776."},
		{"cap inside the first week", "rrpppp", 2, contract.Days{0, 10, 5, ends}, "..5..."},
		{"cap of 0 days", "rrpppp", 2, contract.Days{0, 10, 0, ends}, "......"},
		{"an interruption ends the claim", "rppfpp", 1, contract.Days{0, 10, 70, ends}, ".77..."},
		{"an interruption pauses the claim", "rppfpp", 1, contract.Days{0, 10, 70, pauses}, ".77.77"},
		{"cap inside a week after a pause", "rppfqpp", 1, contract.Days{0, 10, 22, pauses}, ".77.71."},
		{"cap at the end of a stay", "rppfqpp", 1, contract.Days{0, 10, 14, pauses}, ".77...."},
		{"no limit at all", "rpppp", 1, contract.Days{0, math.MaxInt, math.MaxInt, pauses}, ".7777"},
	} {
		t.Run(c.what, func(t *testing.T) { earns(t, &c.terms, c.life, c.start, c.want) })
	}
}

// The first months are weeks 0 to 4, 5 to 8, 9 to 13 and 14 to 17.
func TestMonthsByHand(t *testing.T) {
	ends, pauses := contract.Ends, contract.Pauses
	for _, c := range []struct {
		what  string
		life  string
		start int
		terms contract.Months
		want  string
	}{
		{"a week short of a month", "pppp", 0, contract.Months{0, 9, 9, ends}, "...."},
		{"a month to the week", "ppppp", 0, contract.Months{0, 9, 9, ends}, "....1"},
		{"a week short of two months", "pppppppp", 0, contract.Months{0, 9, 9, ends}, "....1..."},
		{"four months", "pppppppppppppppppp", 0, contract.Months{0, 9, 9, ends}, "....1...1....1...1"},
		{"months count from the start", "rrpppppppppp", 2, contract.Months{0, 9, 9, ends}, "......1...1."},
		{"never started", "rrpppppppppp", -1, contract.Months{0, 9, 9, ends}, "............"},
		{"two payable states", "ppqqqpqpqp", 0, contract.Months{0, 9, 9, ends}, "....1...1."},
		{"after the first month", "ppppppppppp", 0, contract.Months{1, 9, 9, ends}, "........1.."},
		{"window of a month", "ppppppppppp", 0, contract.Months{0, 1, 9, ends}, "....1......"},
		{"window of 0 months", "ppppppppppp", 0, contract.Months{0, 0, 9, ends}, "..........."},
		{"cap of a month", "ppppppppppp", 0, contract.Months{0, 9, 1, ends}, "....1......"},
		{"cap of 0 months", "ppppppppppp", 0, contract.Months{0, 9, 0, ends}, "..........."},
		{"an interruption ends the claim", "pppppfpppppppp", 0, contract.Months{0, 9, 9, ends}, "....1........."},
		{"also before the first payable month", "pfpppppppppppp", 0, contract.Months{1, 9, 9, ends}, ".............."},
		{"an interruption costs its month", "pppppfpppppppp", 0, contract.Months{0, 9, 9, pauses}, "....1........1"},
		{"in its last week", "ppppppppfppppp", 0, contract.Months{0, 9, 9, pauses}, "....1........1"},
		{"over two months", "ppppffpppprppp", 0, contract.Months{0, 9, 9, pauses}, ".............."},
		{"the cap counts months paid", "pppppfpppppppppppp", 0, contract.Months{0, 9, 2, pauses}, "....1........1...."},
		{"the window runs on", "pppppfpppppppppppp", 0, contract.Months{0, 3, 9, pauses}, "....1........1...."},
		{"no limit at all", "pppppp", 0, contract.Months{0, math.MaxInt, math.MaxInt, pauses}, "....1."},
		{"first payable month never", "pppppp", 0, contract.Months{math.MaxInt - 1, math.MaxInt, 9, pauses}, "......"},
		{"no life at all", "", -1, contract.Months{0, 9, 9, ends}, ""},
	} {
		t.Run(c.what, func(t *testing.T) { earns(t, &c.terms, c.life, c.start, c.want) })
	}
}

func TestMilestonesByHand(t *testing.T) {
	for _, c := range []struct {
		what  string
		life  string
		start int
		terms contract.Milestones
		want  string
	}{
		{"the end of week 1", "rrpppp", 2, contract.Milestones{Weeks: []int{1}}, "..1..."},
		{"broken in the week after", "rrpfpp", 2, contract.Milestones{Weeks: []int{1, 2}}, "..1..."},
		{"weeks and months", "pppppppppp", 0, contract.Milestones{Weeks: []int{2, 6, 9}, Months: []int{1, 2}}, ".1..11..2."},
		{"months only", "rpppppppppp", 1, contract.Milestones{Months: []int{1, 2}}, ".....1...1."},
		{"broken in the last week", "ppppf", 0, contract.Milestones{Months: []int{1}}, "....."},
		{"a return does not mend it", "pppfpppppp", 0, contract.Milestones{Weeks: []int{3, 4, 6}}, "..1......."},
		{"two payable states", "ppqqqpp", 0, contract.Milestones{Weeks: []int{3, 4, 6}}, "..11.1."},
		{"never started", "pppppp", -1, contract.Milestones{Weeks: []int{1, 2}}, "......"},
		{"beyond any life", "pppppp", 0, contract.Milestones{Weeks: []int{6, 7, math.MaxInt}, Months: []int{24, math.MaxInt}}, ".....1"},
		{"a life earlier than the start", "qqpp", 2, contract.Milestones{Weeks: []int{2, 3}}, "...1"},
	} {
		t.Run(c.what, func(t *testing.T) { earns(t, &c.terms, c.life, c.start, c.want) })
	}
}

func TestEngagementByHand(t *testing.T) {
	for _, c := range []struct {
		what  string
		life  string
		start int
		after int
		want  string
	}{
		{"at the start", "rrpfpp", 2, 0, "..1..."},
		{"the start week takes part", "rrpfpp", 2, 1, "..1..."},
		{"at completion", "rrpppp", 2, 3, "....1."},
		{"at completion in two payable states", "rrpqpp", 2, 3, "....1."},
		{"broken off", "rrppfp", 2, 3, "......"},
		{"never started", "rrpppp", -1, 0, "......"},
		{"not complete within the life", "rrpppp", 2, 5, "......"},
		{"never complete", "rrpppp", 2, math.MaxInt, "......"},
	} {
		t.Run(c.what, func(t *testing.T) { earns(t, &contract.Engagement{After: c.after}, c.life, c.start, c.want) })
	}
}

func TestAvertedByHand(t *testing.T) {
	for _, c := range []struct {
		what   string
		life   string
		start  int
		months int
		want   string
	}{
		{"at one month", "rpppppp", 1, 1, ".....1."},
		{"in care when it is looked at", "rppppfp", 1, 1, "......."},
		{"whatever came between", "rpffrpf", 1, 1, ".....1."},
		{"in another payable state", "rpffrqf", 1, 1, ".....1."},
		{"at two months", "pppppfppp", 0, 2, "........1"},
		{"at once", "rpfffff", 1, 0, ".1....."},
		{"18 before it is looked at", "rpppp", 1, 1, "....."},
		{"never started", "rpppppp", -1, 1, "......."},
		{"never looked at", "rpppppp", 1, math.MaxInt, "......."},
	} {
		t.Run(c.what, func(t *testing.T) { earns(t, &contract.Averted{Months: c.months}, c.life, c.start, c.want) })
	}
}

// A unit is one child's only where no child can earn a second.
func TestUnitsOfTriggers(t *testing.T) {
	for _, c := range []struct {
		trigger contract.Trigger
		want    contract.Unit
	}{
		{&contract.FullWeeks{Window: 1, CapPerChild: 1}, contract.Unit{One: "week", Many: "weeks"}},
		{&contract.Days{}, contract.Unit{One: "day", Many: "days"}},
		{&contract.Months{}, contract.Unit{One: "month", Many: "months"}},
		{&contract.Engagement{}, contract.Unit{One: "outcome", Many: "outcomes", PerChild: true}},
		{&contract.Averted{}, contract.Unit{One: "outcome", Many: "outcomes", PerChild: true}},
		{&contract.Milestones{Weeks: []int{4}}, contract.Unit{One: "milestone", Many: "milestones", PerChild: true}},
		{&contract.Milestones{Months: []int{6}}, contract.Unit{One: "milestone", Many: "milestones", PerChild: true}},
		{&contract.Milestones{Weeks: []int{4}, Months: []int{6}}, contract.Unit{One: "milestone", Many: "milestones"}},
	} {
		require.Equal(t, c.want, c.trigger.Definition().Unit)
	}
}

func earns(t *testing.T, trigger contract.Trigger, life string, start int, want string) {
	t.Helper()
	require.NoError(t, trigger.Definition().Validate())
	spans := trigger.Count(path(life, start), nil)
	require.Equal(t, want, paid(spans, len(life)))
	for _, s := range spans {
		require.Less(t, s.From, s.To)
		require.LessOrEqual(t, s.To, len(life))
	}
}

// For lengths up to 11 years it makes no difference that 365.25 / 84 is a
// little over 4.348: the first months to differ are 135.
func TestWeeksInMonths(t *testing.T) {
	for months, want := range []int{0, 5, 9, 14, 18, 22, 27, 31, 35, 40, 44, 48, 53, 57, 61, 66, 70, 74, 79, 83, 87, 92, 96, 101, 105} {
		require.Equal(t, want, contract.WeeksIn(months), months)
	}
	for months := range 135 {
		require.Equal(t, (months*4348+999)/1000, contract.WeeksIn(months), months)
	}
	require.Equal(t, (135*4348+999)/1000+1, contract.WeeksIn(135))
	for months := range 1000 { // the first whole week that is not before the end of the month
		weeks := contract.WeeksIn(months)
		require.GreaterOrEqual(t, 7*12*4*weeks, months*1461)
		require.Less(t, 7*12*4*(weeks-1), months*1461)
	}
	require.Positive(t, contract.WeeksIn(math.MaxInt/1461-1))
	require.Equal(t, math.MaxInt, contract.WeeksIn(math.MaxInt/1461))
	require.Equal(t, math.MaxInt, contract.WeeksIn(math.MaxInt))
}

func TestTermsThatNoTriggerTakes(t *testing.T) {
	for _, c := range []struct {
		trigger contract.Trigger
		want    string
	}{
		{&contract.Days{First: -1, Window: -2, CapPerChild: -3, Interruption: 7}, "first payable week is -1: it must be 0 weeks or more\n" +
			"window is -2: it must be 0 weeks or more\n" +
			"cap per child is -3: it must be 0 days or more\n" +
			"interruption is unknown (7): it must be one of ends, pauses"},
		{&contract.Months{First: -1, Window: -2, CapPerChild: -3}, "first payable month is -1: it must be 0 months or more\n" +
			"window is -2: it must be 0 months or more\n" +
			"cap per child is -3: it must be 0 months or more"},
		{&contract.Milestones{}, "there is no milestone: list at least one under weeks or months"},
		{&contract.Milestones{Weeks: []int{0, 4}}, "weeks are [0 4]: they must be 1 or more, each above the one before, in weeks"},
		{&contract.Milestones{Weeks: []int{1}, Months: []int{6, 6}}, "months are [6 6]: they must be 1 or more, each above the one before, in months"},
		{&contract.Milestones{Months: []int{9, 6}}, "months are [9 6]: they must be 1 or more, each above the one before, in months"},
		{&contract.Engagement{After: -1}, "after is -1: it must be 0 weeks or more"},
		{&contract.Averted{Months: -1}, "months is -1: it must be 0 months or more"},
	} {
		require.EqualError(t, c.trigger.Definition().Validate(), c.want)
	}
}

// Counting allocates nothing once there is room for the spans.
func TestCountAllocatesNothing(t *testing.T) {
	for _, kind := range contract.TriggerKinds() {
		spans := make([]contract.Span, 0, 1000)
		for seed := range 50 {
			trigger := rapid.Custom(func(t *rapid.T) contract.Trigger { return drawTrigger(t, kind) }).Example(seed)
			p := rapid.Custom(drawPath).Example(seed)
			require.Zero(t, testing.AllocsPerRun(3, func() { spans = trigger.Count(p, spans[:0]) }), kind)
		}
	}
}

// What contracts have paid for, from a life to a claim to the penny. Weeks are
// counted from 1 October 2020; each of the eight quarters has 13 of them. Where
// no price is published one is made up.
func TestHandComputedLivesAndClaims(t *testing.T) {
	held := func(weeks int) string { return strings.Repeat("p", weeks) }
	for _, c := range []struct {
		name       string
		arithmetic []string
		trigger    contract.Trigger
		tariff     string
		deadweight string
		lives      []string // of children who start at referral, in week 0
		units      []int64
		claims     string
	}{
		{
			name: "Norfolk: days out of care, less a third",
			arithmetic: []string{
				"A child stays at home for 30 weeks: 13 + 13 + 4, 91, 91 and 28 days.",
				"67% at £88.29 a day: 91 × 0.67 × 88.29 = 5,383.0413; 28 × 0.67 × 88.29 = 1,656.3204.",
			},
			trigger: &contract.Days{Window: 156, CapPerChild: 1095}, tariff: "88.29", deadweight: "0.33",
			lives: []string{held(30) + "r"}, units: []int64{91, 91, 28, 0, 0, 0, 0, 0},
			claims: "5383.04 5383.04 1656.32 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Cheshire West: £173 a day",
			arithmetic: []string{
				"One child for 26 weeks, 182 days, and one for longer, up to the cap of 186 days: 4 days in the third quarter.",
				"182 × 173 = £31,486.00 and 4 × 173 = £692.00.",
			},
			trigger: &contract.Days{Window: 104, CapPerChild: 186}, tariff: "173",
			lives: []string{held(26) + "r", held(52)}, units: []int64{182, 182, 4, 0, 0, 0, 0, 0},
			claims: "31486.00 31486.00 692.00 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Cheshire West: the same by the week",
			arithmetic: []string{
				"7 × 173 = £1,211.00 a week; 13 × 1,211 = £15,743.00, 26 × 1,211 = £31,486.00.",
			},
			trigger: &contract.FullWeeks{Window: 104, CapPerChild: 104}, tariff: "1211",
			lives: []string{held(26) + "r", held(39) + "r"}, units: []int64{26, 26, 13, 0, 0, 0, 0, 0},
			claims: "31486.00 31486.00 15743.00 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Cheshire West: by the month, after one month",
			arithmetic: []string{
				"A month is 365.25 / 12 = 30.4375 days, 30.4375 × 173 = 5,265.6875, £5,265.69.",
				"30 weeks: the months after the first end in weeks 8, 13, 17, 21 and 26, the last before that of week 30.",
				"One month in the first quarter (weeks 0 to 12), three in the second, £15,797.07, and one in the third.",
			},
			trigger: &contract.Months{First: 1, Window: 24, CapPerChild: 24}, tariff: "5265.69",
			lives: []string{held(30) + "r"}, units: []int64{1, 3, 1, 0, 0, 0, 0, 0},
			claims: "5265.69 15797.07 5265.69 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Suffolk: days from week 14 on, for a year and a half",
			arithmetic: []string{
				"78 weeks, 14 to 91: 12 of the second quarter, 84 days; five whole quarters of 91 days; week 91, 7 days: 546 in all.",
				"At £22.66: 84 × 22.66 = 1,903.44; 91 × 22.66 = 2,062.06; 7 × 22.66 = 158.62.",
			},
			trigger: &contract.Days{First: 14, Window: 92, CapPerChild: 546}, tariff: "22.66",
			lives: []string{held(104), held(14) + "r"}, units: []int64{0, 84, 91, 91, 91, 91, 91, 7},
			claims: "0.00 1903.44 2062.06 2062.06 2062.06 2062.06 2062.06 158.62",
		},
		{
			name: "Pyramid: the move, at the end of week 1",
			arithmetic: []string{
				"Two children move, and the placement of one lasts a week: 2 × £5,000.00.",
			},
			trigger: &contract.Milestones{Weeks: []int{1}}, tariff: "5000",
			lives: []string{held(70) + "r", "pr"}, units: []int64{2, 0, 0, 0, 0, 0, 0, 0},
			claims: "10000.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Pyramid: weekly, for up to 104 weeks",
			arithmetic: []string{
				"70 weeks are five quarters of 13, 13 × 1,760 = £22,880.00, and 5 weeks, £8,800.00. One week more: £1,760.00.",
			},
			trigger: &contract.FullWeeks{Window: 104, CapPerChild: 104}, tariff: "1760",
			lives: []string{held(70) + "r", "pr"}, units: []int64{14, 13, 13, 13, 13, 5, 0, 0},
			claims: "24640.00 22880.00 22880.00 22880.00 22880.00 8800.00 0.00 0.00",
		},
		{
			name: "Pyramid: 6 months, and then 9, 12, 15, 18, 21 and 24",
			arithmetic: []string{
				"6 months are 27 weeks, 9 are 40, 12 are 53, 15 are 66, 18 are 79: 70 weeks reach four of them, in weeks 26,",
				"39, 52 and 65, each the first of a quarter. £1,500.00 each.",
			},
			trigger: &contract.Milestones{Months: []int{6, 9, 12, 15, 18, 21, 24}}, tariff: "1500",
			lives: []string{held(70) + "r", "pr"}, units: []int64{0, 0, 1, 1, 1, 1, 0, 0},
			claims: "0.00 0.00 1500.00 1500.00 1500.00 1500.00 0.00 0.00",
		},
		{
			name: "Staffordshire: families who start",
			arithmetic: []string{
				"Three families start: 3 × £2,800.00.",
			},
			trigger: &contract.Engagement{}, tariff: "2800",
			lives: []string{held(40), held(8) + "rrr" + held(30), held(20) + "r" + held(5) + "rr"}, units: []int64{3, 0, 0, 0, 0, 0, 0, 0},
			claims: "8400.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Staffordshire: families who complete 20 weeks",
			arithmetic: []string{
				"The first and the third family complete them, in week 19: 2 × £2,800.00.",
			},
			trigger: &contract.Engagement{After: 20}, tariff: "2800",
			lives: []string{held(40), held(8) + "rrr" + held(30), held(20) + "r" + held(5) + "rr"}, units: []int64{0, 2, 0, 0, 0, 0, 0, 0},
			claims: "0.00 5600.00 0.00 0.00 0.00 0.00 0.00 0.00",
		},
		{
			name: "Staffordshire: averted at 6 months",
			arithmetic: []string{
				"It is looked at in the last of 27 weeks, week 26, the first of the third quarter. The second family is well again",
				"by then; the third is not: 2 × £2,800.00.",
			},
			trigger: &contract.Averted{Months: 6}, tariff: "2800",
			lives: []string{held(40), held(8) + "rrr" + held(30), held(20) + "r" + held(5) + "rr"}, units: []int64{0, 0, 2, 0, 0, 0, 0, 0},
			claims: "0.00 0.00 5600.00 0.00 0.00 0.00 0.00 0.00",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			arithmetic := strings.Join(c.arithmetic, "\n")
			require.NoError(t, c.trigger.Definition().Validate())
			shape := &contract.Shape{Quarters: quarters("Q3 2020/21", 8), Commissioners: []string{derby}, Metrics: []string{"M1"}}
			tally := contract.NewCounts[int64](shape)
			for _, life := range c.lives {
				for _, span := range c.trigger.Count(path(life, 0), nil) {
					for week := span.From; week < span.To; week++ {
						tally.Units[week/13] += span.Units
					}
				}
			}
			require.Equal(t, c.units, tally.Units, arithmetic)
			metric := contract.Metric{Name: "M1", Trigger: c.trigger, Tariff: tariff(c.tariff)}
			if c.deadweight != "" {
				metric.AgreedDeadweight = pounds(c.deadweight)
			}
			ledger := priced(t, contract.Terms{Metrics: []contract.Metric{metric}, Payers: commissionersPay()}, tally)
			require.Equal(t, c.claims, series(ledger.Claims), arithmetic)
			require.Equal(t, c.claims, series(ledger.Payments), arithmetic)
		})
	}
}
