package finance_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/contract"
)

// What must hold of every account, however the terms are drawn.

// drawnAccount is random terms, counts and payments.
type drawnAccount struct {
	p      *model.Programme
	counts *contract.Tally
	ledger *contract.Ledger
}

func (d *drawnAccount) follow(t require.TestingT) followed { return follow(t, d.p, d.counts, d.ledger) }

func drawAccount(t *rapid.T) *drawnAccount {
	start := calendar.NewDate(2020, time.January, 1).AddDays(rapid.IntRange(0, 800).Draw(t, "start"))
	p := small(start, rapid.IntRange(1, 160).Draw(t, "weeks"))
	p.DiscountRate.Yearly = rapid.Float64Range(0, 0.2).Draw(t, "discount rate")
	p.Delivery = drawDelivery(t, p)
	if rapid.IntRange(0, 5).Draw(t, "with a facility") > 0 {
		p.Facility = drawFacility(t, p)
	}
	d := &drawnAccount{p: p, counts: contract.NewCounts[int64](p.Shape()), ledger: contract.NewLedger(p.Shape(), []string{"Fund", "Derby"})}
	lives := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "lives"), 0))
	for _, cells := range [][]int64{d.counts.Weeks, d.counts.Referred, d.counts.Started, d.counts.Preparing} {
		for i := range cells {
			cells[i] = lives.Int64N(30)
		}
	}
	most := rapid.SampledFrom([]int64{1, 1_000_00, 100_000_00, 1_000_000_00}).Draw(t, "payments")
	for i := range d.ledger.Payments {
		d.ledger.Payments[i] = lives.Int64N(most)
	}
	return d
}

// drawAmount draws an amount in £, of which some are 0 and some a penny.
func drawAmount(t *rapid.T, what string, most int64) decimal.Decimal {
	pence := rapid.OneOf(rapid.Just(int64(0)), rapid.Just(int64(1)), rapid.Int64Range(0, most)).Draw(t, what)
	return decimal.New(pence, -2)
}

func drawDelivery(t *rapid.T, p *model.Programme) *model.Delivery {
	d := &model.Delivery{
		MobilisationMonths: rapid.IntRange(0, 9).Draw(t, "months"),
		FixedPerQuarter:    []model.DatedAmount{{Amount: drawAmount(t, "fixed", 100_000_00)}},
		PerReferral:        drawAmount(t, "per referral", 1_000_00), PerStart: drawAmount(t, "per start", 1_000_00),
		PerCaseWeek: drawAmount(t, "per case week", 500_00), WindUp: drawAmount(t, "wind-up", 50_000_00),
		ClaimsPaidAfter: rapid.SampledFrom([]int{0, 1, 30, 91, 92, 200, 400}).Draw(t, "claims paid after"),
		Disallowed:      decimal.New(rapid.SampledFrom([]int64{0, 0, 25, 333_333, 1_000_000}).Draw(t, "disallowed"), -6),
		Uplift:          rapid.SampledFrom([]float64{0, 0, 0.035, -0.1}).Draw(t, "uplift"),
	}
	from := p.Start.AddDays(-100)
	for range rapid.IntRange(0, 3).Draw(t, "steps") {
		from = from.AddDays(rapid.IntRange(1, 200).Draw(t, "step"))
		d.FixedPerQuarter = append(d.FixedPerQuarter, model.DatedAmount{From: from, Amount: drawAmount(t, "fixed from then", 100_000_00)})
	}
	if d.MobilisationMonths > 0 {
		d.Mobilisation = drawAmount(t, "mobilisation", 300_000_00)
	}
	if rapid.Bool().Draw(t, "scaled") {
		d.Scale = decimal.NewNullDecimal(decimal.New(rapid.Int64Range(0, 300).Draw(t, "scale"), -2))
	}
	for i := range rapid.IntRange(0, 2).Draw(t, "fees") {
		fee := model.Fee{Name: fmt.Sprint("fee ", i), PerQuarter: drawAmount(t, "fee", 10_000_00), Once: drawAmount(t, "once", 40_000_00)}
		if !fee.Once.IsZero() && rapid.Bool().Draw(t, "dated") {
			fee.On = p.Start.AddDays(rapid.IntRange(0, 7*p.Weeks-1).Draw(t, "on"))
		}
		d.Fees = append(d.Fees, fee)
	}
	return d
}

func drawFacility(t *rapid.T, p *model.Programme) *model.Facility {
	near := func(what string) calendar.Date { return p.Start.AddDays(rapid.IntRange(-300, 1_500).Draw(t, what)) }
	f := &model.Facility{
		NoRecycling:   rapid.Bool().Draw(t, "no recycling"),
		ShortfallLast: rapid.Bool().Draw(t, "shortfall last"),
		Terms:         drawTerms(t, p),
		Reserve:       drawAmount(t, "reserve", 100_000_00),
		Hurdle:        model.Rate{Yearly: rapid.SampledFrom([]float64{0, 0.08}).Draw(t, "hurdle")},
		DrawOrder:     rapid.SampledFrom([]model.DrawOrder{model.ProRata, model.FirstLoss, model.ByTranches}).Draw(t, "draw order"),
		Covenants:     drawCovenants(t, p),
	}
	f.ReserveDrawn = f.Reserve.IsPositive() && rapid.Bool().Draw(t, "reserve drawn")
	if rapid.IntRange(0, 3).Draw(t, "end of draws") == 0 {
		f.DrawsUntil = near("draws until")
	}
	f.Investors = drawInvestors(t, p)
	if rapid.Bool().Draw(t, "repaid late") {
		f.RepayFrom = near("repay from")
		for _, terms := range append([]model.Investor{{Terms: &f.Terms}}, f.Investors...) {
			if terms.Terms != nil && terms.Terms.RepaidOn.Before(f.RepayFrom) {
				terms.Terms.RepaidOn = calendar.Date{}
			}
		}
	}
	if len(f.Investors) == 0 || rapid.Bool().Draw(t, "no tranches") {
		return f
	}
	f.Drawing = rapid.SampledFrom([]model.Drawing{model.AsNeeded, model.OnSchedule}).Draw(t, "drawing")
	if f.Drawing == model.OnSchedule {
		f.DrawOrder, f.ReserveDrawn, f.Revolving = model.ProRata, false, false
		for _, i := range f.Investors {
			if i.Terms != nil {
				i.Terms.Revolving = false
			}
		}
	}
	f.Tranches = drawTranches(t, p)
	if rapid.Bool().Draw(t, "own tranches") {
		f.Investors[0].Tranches = drawTranches(t, p)
	}
	return f
}

func drawTranches(t *rapid.T, p *model.Programme) (all []model.Tranche) {
	on := p.Start.AddDays(-200)
	for left := int64(1_000); left > 0; {
		share := min(left, rapid.Int64Range(1, 600).Draw(t, "share"))
		left -= share
		on = on.AddDays(rapid.IntRange(1, 200).Draw(t, "later"))
		all = append(all, model.Tranche{On: on, Share: decimal.New(share, -3)})
	}
	return all
}

// drawTerms draws what capital earns and when it comes back.
func drawTerms(t *rapid.T, p *model.Programme) model.Terms {
	rate := func(what string) model.Rate {
		return model.Rate{Yearly: rapid.SampledFrom([]float64{0, 0, 0.05, 0.073, 1}).Draw(t, what)}
	}
	terms := model.Terms{
		Interest: rate("interest"), PreferredReturn: rate("preferred return"), CommitmentFee: rate("commitment fee"),
		RolledUp: rapid.Bool().Draw(t, "rolled up"), Revolving: rapid.Bool().Draw(t, "revolving"),
	}
	if rapid.IntRange(0, 2).Draw(t, "in one sum") == 0 {
		terms.RepaidOn = drawPaidBy(t, p)
	}
	return terms
}

// drawPaidBy draws a day on which there can be receipts.
func drawPaidBy(t *rapid.T, p *model.Programme) calendar.Date {
	last := p.Calendar().Last(p.Weeks - 1).Quarter().Last().AddDays(p.Delivery.ClaimsPaidAfter)
	return p.Start.AddDays(rapid.IntRange(1, last.Sub(p.Start)).Draw(t, "day"))
}

func drawCovenants(t *rapid.T, p *model.Programme) (all []model.Covenant) {
	for i := range rapid.IntRange(0, 2).Draw(t, "covenants") {
		c := model.Covenant{Name: fmt.Sprint("covenant ", i), Then: rapid.SampledFrom([]model.Consequence{model.StopDrawing, model.SweepAll, model.StepIn}).Draw(t, "then")}
		if rapid.Bool().Draw(t, "of receipts") {
			c.ReceiptsBelow, c.On = decimal.NewNullDecimal(drawAmount(t, "receipts below", 1_000_000_00)), drawPaidBy(t, p)
		} else {
			c.DrawnAbove = decimal.NewNullDecimal(drawAmount(t, "drawn above", 500_000_00))
		}
		if c.Then == model.StepIn {
			c.StepsIn = rapid.SampledFrom([]string{"investor 0", "Rescue"}).Draw(t, "steps in")
		}
		all = append(all, c)
	}
	return all
}

func drawInvestors(t *rapid.T, p *model.Programme) []model.Investor {
	investors := make([]model.Investor, rapid.IntRange(0, 3).Draw(t, "investors"))
	shared, left := rapid.Bool().Draw(t, "residual shared"), int64(1_000)
	for i := range investors {
		investors[i] = model.Investor{
			Name: fmt.Sprint("investor ", i), Commitment: drawAmount(t, "commitment", 500_000_00), Rank: rapid.IntRange(0, 3).Draw(t, "rank"),
		}
		own := &investors[i]
		own.Provider = i == 1 && rapid.Bool().Draw(t, "provider")
		if rapid.Bool().Draw(t, "own terms") {
			terms := drawTerms(t, p)
			own.Terms = &terms
		} else if !shared && i > 0 && rapid.IntRange(0, 3).Draw(t, "grant") == 0 {
			own.Terms = &model.Terms{Grant: true}
		}
		if rapid.IntRange(0, 3).Draw(t, "guaranteed") == 0 && (own.Terms == nil || !own.Terms.Grant) {
			own.Guarantee = &model.Guarantee{By: rapid.SampledFrom([]string{"Government", "investor 9"}).Draw(t, "by"), Share: decimal.New(rapid.Int64Range(1, 1_000).Draw(t, "guarantee"), -3)}
			if rapid.Bool().Draw(t, "guaranteed early") {
				own.Guarantee.On = drawPaidBy(t, p)
			}
		}
		if shared {
			share := left
			if i < len(investors)-1 {
				share = rapid.Int64Range(0, left).Draw(t, "residual")
			}
			left -= share
			investors[i].Residual = decimal.New(share, -3)
		}
	}
	return investors
}

// sums adds amounts by investor × day up over investors.
func (f followed) sums(cells []int64) []int64 {
	days := make([]int64, len(f.Days))
	for k, amount := range cells {
		days[k%len(days)] += amount
	}
	return days
}

// requireBooksBalance checks that every penny that comes in on a day goes out or
// is still there, and that nothing is below zero or left over.
func requireBooksBalance(t require.TestingT, f followed) {
	drawn, fees, interest, repaid, before := f.sums(f.Account.Drawn), f.sums(f.Account.Fees), f.sums(f.Account.Interest), f.sums(f.Account.Repaid), int64(0)
	guaranteed, found, back := f.sums(f.Account.Guaranteed), f.sums(f.Account.Shortfall), f.sums(f.ShortfallRepaid)
	for day, on := range f.Days {
		in := f.Account.Receipts[day] + drawn[day] + found[day] + guaranteed[day]
		out := f.Account.Costs[day] + fees[day] + interest[day] + repaid[day] + back[day]
		require.Equal(t, before+in, out+f.Cash[day], "%s", on)
		before = f.Cash[day]
	}
	require.Zero(t, before, "on the last day")
	for _, cells := range [][]int64{
		f.Lines, f.Account.Costs, f.Account.Receipts, f.Account.Drawn, f.Account.Fees, f.Account.Interest, f.Account.Repaid, f.Account.Guaranteed,
		f.Account.Shortfall, f.ShortfallRepaid, f.Account.Recycled, f.Cash,
	} {
		require.GreaterOrEqual(t, slices.Min(cells), int64(0))
	}
	require.True(t, slices.IsSortedFunc(f.Days, calendar.Date.Compare))
	require.Len(t, slices.Compact(slices.Clone(f.Days)), len(f.Days))
}

func TestBooksBalance(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { requireBooksBalance(t, drawAccount(t).follow(t)) })
}

// Nobody pays in more than tranches have released, nor after the last day for draws.
func TestDrawsKeepToTheTerms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		f := d.follow(t)
		if d.p.Facility == nil {
			require.Zero(t, f.CapitalFigures.Shortfall)
			return
		}
		for i, investor := range d.p.Facility.Investors {
			if d.p.Facility.TermsOf(investor).Revolving {
				continue
			}
			drawn := int64(0)
			for day, on := range f.Days {
				if draw := f.Account.Drawn[i*len(f.Days)+day]; draw > 0 {
					require.True(t, d.p.Facility.DrawsUntil.IsZero() || !on.After(d.p.Facility.DrawsUntil))
					drawn += draw
				}
				free := released(d.p.Facility, investor, on)
				require.LessOrEqual(t, drawn, free, "%s, %s", investor.Name, on)
				if d.p.Facility.Drawing == model.OnSchedule && d.p.Facility.DrawsUntil.IsZero() && !slices.ContainsFunc(f.Account.Breached, func(b calendar.Date) bool { return !b.IsZero() }) {
					require.Equal(t, free, drawn, "%s, %s: every tranche in full on its day", investor.Name, on)
				}
			}
		}
		if len(d.p.Facility.Investors) == 0 && d.p.Facility.DrawsUntil.IsZero() && len(d.p.Facility.Covenants) == 0 {
			require.Zero(t, f.CapitalFigures.Shortfall, "without a limit")
		}
	})
}

// released is what can have been drawn of a commitment by a day, in pence.
func released(f *model.Facility, i model.Investor, on calendar.Date) int64 {
	share, tranches := decimal.Zero, f.Tranches
	if len(i.Tranches) > 0 {
		tranches = i.Tranches
	}
	for _, tranche := range tranches {
		if !tranche.On.After(on) {
			share = share.Add(tranche.Share)
		}
	}
	if len(tranches) == 0 {
		share = decimal.NewFromInt(1)
	}
	return i.Commitment.Mul(share).Shift(2).Round(0).IntPart()
}

// The figures are those of the flows of an account, and the consortium gets what
// receipts leave of costs.
func TestCapitalFiguresOfFlows(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		f := d.follow(t)
		var flows, all []finance.Flow
		drawn, fees, interest, repaid := f.sums(f.Account.Drawn), f.sums(f.Account.Fees), f.sums(f.Account.Interest), f.sums(f.Account.Repaid)
		found, back, guaranteed := f.sums(f.Account.Shortfall), f.sums(f.ShortfallRepaid), f.sums(f.Account.Guaranteed)
		for day, on := range f.Days {
			flows = append(flows, finance.Flow{On: on, Amount: f.Account.Receipts[day] - f.Account.Costs[day]})
			all = append(all, finance.Flow{On: on, Amount: fees[day] + interest[day] + repaid[day] + back[day] - drawn[day] - found[day] - guaranteed[day]})
		}
		requirePosition(t, flows, f.CapitalFigures)
		value := 100 * finance.NetPresentValue(flows, d.p.DiscountRate.Yearly, d.p.Start)
		require.InDelta(t, value, f.Value, 1e-9*float64(f.CapitalFigures.Costs+f.CapitalFigures.Receipts)+1e-6)

		require.Equal(t, f.CapitalFigures.Receipts-f.CapitalFigures.Costs, f.CapitalFigures.Surplus)
		require.Equal(t, f.CapitalFigures.Surplus, f.Consortium.Profit())
		paidIn, received := f.CapitalFigures.Shortfall+f.CapitalFigures.Guaranteed, total(f.ShortfallRepaid)
		for i := range f.CapitalFigures.Investors {
			paidIn, received = paidIn+f.CapitalFigures.Investors[i].PaidIn, received+f.CapitalFigures.Investors[i].Received
		}
		require.Equal(t, paidIn, f.Consortium.PaidIn)
		require.Equal(t, received, f.Consortium.Received)
		require.Equal(t, f.CapitalFigures.Shortfall+f.CapitalFigures.Guaranteed+f.CapitalFigures.Drawn, paidIn)
		requireRate(t, all, f.Consortium)
		for i, r := range f.CapitalFigures.Investors {
			var own []finance.Flow
			for day, on := range f.Days {
				k := i*len(f.Days) + day
				own = append(own, finance.Flow{On: on, Amount: f.Account.Fees[k] + f.Account.Interest[k] + f.Account.Repaid[k] - f.Account.Drawn[k]})
			}
			requireRate(t, own, r)
		}
	})
}

// requirePosition checks the figures of receipts less costs added up, from their
// definitions, day by day.
func requirePosition(t require.TestingT, flows []finance.Flow, f finance.CapitalFigures) {
	position, next := int64(0), 0
	deepest, deepestOn, below, lastBelow := int64(0), calendar.Date{}, 0, calendar.Date{}
	for day := flows[0].On; !day.After(flows[len(flows)-1].On); day = day.AddDays(1) {
		for ; next < len(flows) && flows[next].On == day; next++ {
			position += flows[next].Amount
		}
		if position < deepest {
			deepest, deepestOn = position, day
		}
		if position < 0 {
			below++
			lastBelow = day
		}
	}
	back := calendar.Date{}
	if below > 0 && position >= 0 {
		back = lastBelow.AddDays(1)
	}
	require.Equal(t, -deepest, f.Requirement)
	require.Equal(t, deepestOn, f.RequiredOn)
	require.Equal(t, below, f.DaysBelow)
	require.Equal(t, back, f.PaidBack)
}

func requireRate(t require.TestingT, flows []finance.Flow, r finance.Return) {
	rates := ratesOf(t, flows)
	switch {
	case r.PaidIn == 0:
		require.Equal(t, finance.NoCapitalNeeded, r.RateIs)
	case r.Received == 0:
		require.Equal(t, finance.AllLost, r.RateIs)
	case len(rates) == 0:
		require.Equal(t, finance.NoRate, r.RateIs)
	case len(rates) == 1:
		require.Equal(t, finance.RateFound, r.RateIs)
		require.Equal(t, rates[0], r.Rate)
		return
	default:
		require.Equal(t, finance.ManyRates, r.RateIs)
	}
	require.Zero(t, r.Rate)
}

// What has been drawn and what somebody else had to find is the facility that
// would have been enough, and a penny less would not.
func TestEnoughIsEnough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		if d.p.Facility == nil {
			d.p.Facility = &model.Facility{}
		}
		f := d.p.Facility
		f.Terms, f.Drawing, f.Covenants, f.Reserve, f.ReserveDrawn = model.Terms{}, model.AsNeeded, nil, decimal.Zero, false
		for i := range f.Investors {
			f.Investors[i].Terms = nil
		}
		first := d.follow(t)
		enough := first.CapitalFigures.Drawn + first.CapitalFigures.Shortfall
		f.Tranches, f.DrawsUntil = nil, calendar.Date{}
		f.Investors = []model.Investor{{Name: "all", Commitment: contract.Pounds(enough)}}
		second := d.follow(t)
		require.Zero(t, second.CapitalFigures.Shortfall)
		require.Equal(t, enough, second.CapitalFigures.Drawn)
		require.GreaterOrEqual(t, enough, first.Requirement)
		if enough > 0 {
			f.Investors[0].Commitment = contract.Pounds(enough - 1)
			require.Equal(t, int64(1), d.follow(t).CapitalFigures.Shortfall)
		}
	})
}

// With receipts recycled from a facility without interest, return, reserve or
// limit that gives everything back only at the end, what is drawn is the
// capital requirement.
func TestRequirementIsWhatIsDrawn(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		d.p.Facility = &model.Facility{RepayFrom: calendar.NewDate(2100, time.January, 1)}
		f := d.follow(t)
		require.Equal(t, f.Requirement, f.CapitalFigures.Drawn)
		require.Equal(t, max(0, f.CapitalFigures.Costs-f.Requirement), f.CapitalFigures.Recycled)
	})
}

// firstsOf are the first days of a quarter's months that hold a day of the
// programme, found day by day.
func (d *drawnAccount) firstsOf(quarter calendar.Quarter) (firsts []calendar.Date) {
	for n := range 7 * d.p.Weeks {
		day := d.p.Start.AddDays(n)
		first := calendar.NewDate(day.Year(), day.Month(), 1)
		if day.Quarter() == quarter && !slices.Contains(firsts, first) {
			firsts = append(firsts, first)
		}
	}
	return firsts
}

// fixedOn is what a whole quarter's fixed costs are on a day: the amount of the
// last step that is not after it.
func (d *drawnAccount) fixedOn(day calendar.Date) decimal.Decimal {
	steps := d.p.Delivery.FixedPerQuarter
	for i := len(steps) - 1; i > 0; i-- {
		if !steps[i].From.After(day) {
			return steps[i].Amount
		}
	}
	return steps[0].Amount
}

func TestCostsByLineAndDay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		d.p.Delivery.Uplift = 0
		f := d.follow(t)
		scaled := func(amount decimal.Decimal) int64 {
			return amount.Mul(d.p.Delivery.Factor()).Shift(2).Round(0).IntPart()
		}
		third := func(amount decimal.Decimal) int64 { // divided last: a third cut off before may miss half a penny
			return amount.Mul(d.p.Delivery.Factor()).Shift(2).DivRound(decimal.NewFromInt(3), 0).IntPart()
		}
		once := scaled(d.p.Delivery.Mobilisation) + scaled(d.p.Delivery.WindUp)
		for _, fee := range d.p.Delivery.Fees {
			once += scaled(fee.Once)
		}
		require.Equal(t, total(f.Lines)+once, total(f.Account.Costs))

		quarters := len(d.counts.Shape.Quarters)
		row := func(name string) []int64 {
			i := slices.Index(f.CostLines, name)
			return f.Lines[i*quarters : (i+1)*quarters]
		}
		planned := slices.Index(d.counts.Shape.States, "foster, planned")
		for q, quarter := range d.counts.Shape.Quarters {
			firsts := d.firstsOf(quarter)
			fixed := decimal.Zero
			for _, first := range firsts {
				fixed = fixed.Add(d.fixedOn(first))
			}
			require.Equal(t, third(fixed), row("fixed")[q])
			for _, fee := range d.p.Delivery.Fees {
				due := fee.PerQuarter.Mul(decimal.NewFromInt(int64(len(firsts))))
				require.Equal(t, third(due), row(fee.Name)[q])
			}
			require.Equal(t, scaled(d.p.Delivery.PerReferral)*d.counts.ReferredIn(0, 0)[q], row("per referral")[q])
			require.Equal(t, scaled(d.p.Delivery.PerStart)*d.counts.StartedIn(0, 0)[q], row("per start")[q])
			open := d.counts.PreparingIn(0, 0)[q] + d.counts.WeeksIn(contract.Tracking, contract.Intervention, 0, 0, planned)[q]
			require.Equal(t, scaled(d.p.Delivery.PerCaseWeek)*open, row("per case week")[q])
		}
	})
}

// Receipts are payments less what is disallowed, so many days after the quarter:
// none later on the last day of the quarter itself.
func TestReceipts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		d.p.Delivery.Disallowed = decimal.Zero
		f := d.follow(t)
		due := map[calendar.Date]int64{}
		for q, quarter := range d.ledger.Shape.Quarters {
			due[quarter.Last().AddDays(d.p.Delivery.ClaimsPaidAfter)] += d.ledger.PaymentsOf(0, 0)[q] + d.ledger.PaymentsOf(1, 0)[q]
		}
		for day, on := range f.Days {
			require.Equal(t, due[on], f.Account.Receipts[day])
		}
		require.Equal(t, total(d.ledger.Payments), f.CapitalFigures.Receipts)

		before := f.Account.Receipts
		for _, share := range []string{"0.000000001", "0.1", "0.333333333", "0.999999999", "1"} {
			d.p.Delivery.Disallowed = pounds(share)
			less := d.follow(t).Account.Receipts
			for day := range less {
				require.LessOrEqual(t, less[day], before[day])
				exact := decimal.NewFromInt(f.Account.Receipts[day]).Mul(decimal.NewFromInt(1).Sub(pounds(share)))
				require.True(t, decimal.NewFromInt(less[day]).Sub(exact).Abs().LessThanOrEqual(pounds("0.5")))
			}
			before = less
		}
		require.Zero(t, total(before))
	})
}

// Interest is charged on what is out, day by day, and paid to half a penny.
func TestInterestIsByDays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		if d.p.Facility == nil {
			return
		}
		f := d.follow(t)
		n := len(f.Days)
		for i, investor := range d.p.Facility.Investors {
			terms := d.p.Facility.TermsOf(investor)
			if terms.Interest.Yearly == 0 || terms.RolledUp || terms.PreferredReturn.Yearly > 0 {
				continue // what is repaid would not be capital alone
			}
			out, owed := int64(0), 0.0 // interest that is not paid, which bears interest
			for day := range n {
				if day > 0 {
					owed += (float64(out) + owed) * (math.Pow(1+terms.Interest.Yearly, float64(f.Days[day].Sub(f.Days[day-1]))/365) - 1)
				}
				k := i*n + day
				owed -= float64(f.Account.Interest[k])
				out = max(0, out+f.Account.Drawn[k]-f.Account.Repaid[k])
				quarterEnds := f.Days[day] == f.Days[day].Quarter().Last() || day == n-1
				if !quarterEnds {
					require.Zero(t, f.Account.Interest[k])
					continue
				}
				// Half a penny that was paid too much bears interest too.
				half := 0.5 * math.Pow(1+terms.Interest.Yearly, float64(f.Days[day].Sub(f.Days[0]))/365)
				require.InDelta(t, 0, owed, half+1e-3)
			}
		}
	})
}

// An investor who is repaid in full with nothing but the preferred return earns
// that rate: at it, what is put in and got back is worth nothing, to half a penny for
// each day of repayment, to which that day's rounds. So is the internal rate of return,
// within what these pennies move it. Where hardly anything is out for any time, as when
// a cost is drawn and repaid on one day, pennies decide it, and it is not compared.
func TestPreferredReturnIsEarned(t *testing.T) {
	compared := 0
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		f := &model.Facility{Terms: model.Terms{PreferredReturn: model.Rate{Yearly: rapid.Float64Range(0, 0.3).Draw(t, "return")}}, NoRecycling: rapid.Bool().Draw(t, "no recycling")}
		for i := range 3 {
			f.Investors = append(f.Investors, model.Investor{Name: fmt.Sprint(i), Commitment: pounds("1000000000"), Rank: rapid.IntRange(1, 3).Draw(t, "rank")})
		}
		f.Investors[2].Residual = decimal.NewFromInt(1)
		d.p.Facility = f
		d.ledger.Payments[len(d.ledger.Payments)-1] = 1e12
		d.p.Delivery.Disallowed, d.p.Delivery.ClaimsPaidAfter = decimal.Zero, 91
		got := d.follow(t)
		for i, r := range got.CapitalFigures.Investors[:2] {
			worth, slope, pennies := got.worthAt(i, f.PreferredReturn.Yearly)
			require.InDelta(t, 0, worth, pennies+1e-9*float64(r.PaidIn), "%s, in pence", r.Party)
			if moves := pennies / slope; slope > 0 && moves < 1e-3 {
				require.Equal(t, finance.RateFound, r.RateIs)
				require.InDelta(t, f.PreferredReturn.Yearly, r.Rate, 1.1*moves+1e-8)
				compared++
			}
		}
	})
	require.NotZero(t, compared)
}

// worthAt is the present value at a rate of what one investor puts in and gets back,
// in pence; by how much it falls when the rate rises by 1; and half a penny for each
// day of repayment.
func (f followed) worthAt(investor int, rate float64) (worth, slope, pennies float64) {
	for day, on := range f.Days {
		cell := investor*len(f.Days) + day
		flow := float64(f.Account.Interest[cell] + f.Account.Repaid[cell] - f.Account.Drawn[cell])
		years := float64(on.Sub(f.Days[0])) / 365
		worth += flow * math.Pow(1+rate, -years)
		slope += flow * years * math.Pow(1+rate, -years-1)
		if f.Account.Repaid[cell] > 0 {
			pennies += 0.5
		}
	}
	return worth, slope, pennies
}

// An account can be used again, by a clone too, and so can what it comes to.
func TestFollowAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawAccount(t)
		cash, err := finance.NewCash(d.p, contract.Constant)
		require.NoError(t, err)
		account, capital := cash.NewAccount(), finance.CapitalFigures{}
		full := contract.NewLedger(d.ledger.Shape, d.ledger.Payers)
		for i := range full.Payments {
			full.Payments[i] = int64(i+1) * 1_000_00
		}
		for _, l := range []*contract.Ledger{full, d.ledger} {
			finance.Follow(cash, d.counts, l, account)
			cash.CapitalFigures(account, &capital)
		}
		fresh, again := d.follow(t), followed{account, capital}
		require.Equal(t, fresh.table(), again.table())
		require.Equal(t, fresh.Lines, again.Lines)
		require.Equal(t, fresh.CapitalFigures, capital)
		clone := cash.Clone()
		finance.Follow(clone, d.counts, d.ledger, account)
		clone.CapitalFigures(account, &capital)
		require.Equal(t, fresh.CapitalFigures, capital)
	})
}

// dn2 is the size of a programme of six years, three councils, three cohorts and
// two investors.
func dn2(t require.TestingT) *drawnAccount {
	p := small(calendar.NewDate(2020, time.October, 1), 313)
	p.Commissioners = []model.Commissioner{{Name: "Derby", ReferralShare: 0.3}, {Name: "Nottingham", ReferralShare: 0.3}, {Name: "Nottinghamshire", ReferralShare: 0.4}}
	for _, name := range []string{"edge", "home"} {
		cohort := p.Cohorts[0]
		cohort.Name = name
		p.Cohorts = append(p.Cohorts, cohort)
	}
	p.Delivery = &model.Delivery{
		Mobilisation: pounds("150000"), MobilisationMonths: 6, FixedPerQuarter: []model.DatedAmount{{Amount: pounds("90000")}},
		PerReferral: pounds("500"), PerStart: pounds("1200"), PerCaseWeek: pounds("150"), WindUp: pounds("20000"),
		Fees:   []model.Fee{{Name: "management", PerQuarter: pounds("5000")}, {Name: "evaluation", Once: pounds("40000")}},
		Uplift: 0.02, ClaimsPaidAfter: 45, Disallowed: pounds("0.02"),
	}
	p.Facility = &model.Facility{
		Terms: model.Terms{Interest: model.Rate{Yearly: 0.04}, PreferredReturn: model.Rate{Yearly: 0.05}}, Hurdle: model.Rate{Yearly: 0.08}, Reserve: pounds("20000"),
		Investors: []model.Investor{{Name: "A", Commitment: pounds("451264")}, {Name: "B", Commitment: pounds("433567"), Rank: 2}},
	}
	require.NoError(t, p.Validate())
	d := &drawnAccount{p: p, counts: contract.NewCounts[int64](p.Shape()), ledger: contract.NewLedger(p.Shape(), []string{"Fund", "Derby", "Nottingham", "Nottinghamshire"})}
	lives := rand.New(rand.NewPCG(1, 2))
	for _, cells := range [][]int64{d.counts.Weeks, d.counts.Preparing} {
		for i := range cells {
			cells[i] = lives.Int64N(40)
		}
	}
	for i := range d.counts.Referred {
		d.counts.Referred[i], d.counts.Started[i] = lives.Int64N(3), lives.Int64N(2)
	}
	quarters := len(d.ledger.Shape.Quarters)
	for i := range d.ledger.Payments {
		d.ledger.Payments[i] = lives.Int64N(1 + int64(i%quarters)*5_000_00)
	}
	return d
}

func TestFollowAllocatesNothing(t *testing.T) {
	d := dn2(t)
	cash, err := finance.NewCash(d.p, contract.Constant)
	require.NoError(t, err)
	account, capital := cash.NewAccount(), finance.CapitalFigures{}
	run := func() {
		finance.Follow(cash, d.counts, d.ledger, account)
		cash.CapitalFigures(account, &capital)
	}
	run()
	require.Zero(t, testing.AllocsPerRun(100, run))
}

func BenchmarkAccount(b *testing.B) {
	d := dn2(b)
	cash, err := finance.NewCash(d.p, contract.Constant)
	require.NoError(b, err)
	account, capital := cash.NewAccount(), finance.CapitalFigures{}
	b.Run("follow", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			finance.Follow(cash, d.counts, d.ledger, account)
		}
	})
	b.Run("follow and capital", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			finance.Follow(cash, d.counts, d.ledger, account)
			cash.CapitalFigures(account, &capital)
		}
	})
}

// Expected counts that happen to be whole give the account of the same tally.
func TestFollowExpected(t *testing.T) {
	d := dn2(t)
	expected := contract.NewCounts[float64](d.counts.Shape)
	for _, cells := range []struct {
		whole []int64
		into  []float64
	}{
		{d.counts.Weeks, expected.Weeks},
		{d.counts.Referred, expected.Referred},
		{d.counts.Started, expected.Started},
		{d.counts.Preparing, expected.Preparing},
	} {
		for i, n := range cells.whole {
			cells.into[i] = float64(n)
		}
	}
	cash, err := finance.NewCash(d.p, contract.Constant)
	require.NoError(t, err)
	account := cash.NewAccount()
	finance.Follow(cash, expected, d.ledger, account)
	require.Equal(t, d.follow(t).table(), followed{Account: account}.table())
}
