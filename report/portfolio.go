package report

import (
	"errors"
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/finance"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/portfolio"
)

// Portfolio lays out what several programmes need and return apart and, if pooled, in
// one fund: the capital requirement of each, of all apart and together, and the gain;
// how much of the fund each is; what the fund's investors get back; how far the members
// do well together; and the fund's cash by financial year. The name is the fund's. A
// table for a spreadsheet has every figure.
//
// Run with the quantiles 5%, 50%, 90%, 95%: there is a dash for one that the results do
// not have.
func Portfolio(r *portfolio.Result, name string, pooled bool) ([]Table, error) {
	if r == nil || len(r.Members) == 0 || r.Fund == nil {
		return nil, errors.New("there is no result of a portfolio to lay out: give what portfolio.Run returns")
	}
	p := &pooledTables{r: r, name: name, pooled: pooled}
	tables := []Table{p.capital(), p.concentration()}
	if pooled {
		tables = append(tables, p.returns(), p.cash())
	}
	tables = append(tables, p.correlations())
	tables[len(tables)-1].Notes = append(tables[len(tables)-1].Notes, p.notes()...)
	return inCurrency(r.Members[0].Result.Version.Programme, append(modelled(tables...), p.sheet())...), nil
}

// pooledTables are the tables of a portfolio.
type pooledTables struct {
	r      *portfolio.Result
	name   string
	pooled bool // whether the fund is shown, and not the members alone
}

// results are those of the members.
func (p *pooledTables) results() (all []*montecarlo.Result) {
	for _, m := range p.r.Members {
		all = append(all, m.Result)
	}
	return all
}

// capital sets what the members need apart beside what they need together.
func (p *pooledTables) capital() Table {
	c := p.r.Conventions
	c.Seed = p.r.Seed
	t := Table{
		Title:   p.name + ": capital needed, apart" + map[bool]string{true: " and together"}[p.pooled],
		About:   []string{runLineOver(c, "", over(p.results()...)), p.inCommon()},
		Columns: append(textColumns(""), figureColumns("central", "mean", "P50", "P90", "P95", "mean of the worst 5%")...),
		Notes: []string{
			"Capital requirement: how far receipts less costs, added up day by day, ever fall below £0. It takes no account of a facility, interest or repayment.",
		},
	}
	for _, m := range p.r.Members {
		own, _ := m.Result.Totals.Of(montecarlo.CapitalRequirement)
		t.add(append(texts(m.Name), needCells(own)...)...)
	}
	t.add(append(texts("All apart: the sum"), needCells(p.r.Apart)...)...)
	if p.pooled {
		t.add(append(texts("All together, in one fund"), needCells(p.r.Pooled)...)...)
		t.add(append(texts("Gain from pooling"), needCells(p.r.Gain)...)...)
		t.Notes = append(t.Notes,
			"Apart, each member needs its own deepest point, on a day of its own; together, what one receives pays what another costs. So the fund never needs more. Quantiles of a sum, and of a gain, are not sums of quantiles.",
			p.gainInWords())
	}
	return t
}

// needCells are a capital requirement in figures.
func needCells(s montecarlo.Summary) []Cell {
	cells := []Cell{money(s.Central), estimatedAmount(s.Mean, s.StdErr, inPounds)}
	worst := none()
	for _, at := range []float64{0.50, 0.90, 0.95} {
		cell := none()
		for _, q := range s.Quantiles {
			if q.P == at {
				cell = money(q.Value)
				if at == 0.95 {
					worst = money(q.Beyond)
				}
			}
		}
		cells = append(cells, cell)
	}
	return append(cells, worst)
}

// mostShared is how many shared inputs are named.
const mostShared = 4

// inCommon says what the members were taken to have in common.
func (p *pooledTables) inCommon() string {
	shared := "no uncertain input is shared"
	if len(p.r.Shared) > 0 {
		var paths []string
		for _, path := range p.r.Shared[:min(mostShared, len(p.r.Shared))] {
			paths = append(paths, string(path))
		}
		if more := len(p.r.Shared) - len(paths); more > 0 {
			paths = append(paths, fmt.Sprintf("%d more uncertain inputs", more))
		}
		shared = words.And(paths) + map[bool]string{true: " is", false: " are"}[len(paths) == 1] + " shared"
	}
	return fmt.Sprintf("In common: %s; correlation of referrals %s; children's lives are each programme's own", shared, words.Percent(p.r.Referrals))
}

// gainInWords says what the gain is and what it rests on.
func (p *pooledTables) gainInWords() string {
	share := 0.0
	if p.r.Apart.Mean > 0 {
		share = p.r.Gain.Mean / p.r.Apart.Mean
	}
	return fmt.Sprintf("On average pooling takes %s of the capital away (%s). The gain rests on what is taken to be in common: the more goes wrong for all at once, the smaller it is. Nothing in the programmes' files says how much that is. In a fund, a member that does well pays for one that does badly.",
		words.Percent(share), words.Pounds(p.r.Gain.Mean))
}

// concentration says how much of the fund each member is.
func (p *pooledTables) concentration() Table {
	t := Table{
		Title:   "How much of it each programme is",
		Columns: append(textColumns(""), figureColumns("receipts, mean", "share", "cost of delivery, mean", "share", "surplus, mean", "share of the capital in the worst 5%")...),
		Notes: []string{
			"Share of receipts: who the capital is repaid from. Share of the capital in the worst 5%: of the need on the fund's deepest day, in the replications that need most, the part that is this programme's costs less its receipts by then; below 0% it is ahead then and carries others.",
		},
	}
	for _, m := range p.r.Members {
		mean := func(name string) float64 {
			s, _ := m.Result.Totals.Of(name)
			return s.Mean
		}
		t.add(text(m.Name),
			money(mean(montecarlo.Receipts)), percentCell(m.Share.Receipts), money(mean(montecarlo.DeliveryCost)), percentCell(m.Share.Costs),
			money(mean(montecarlo.Surplus)), percentCell(m.Share.AtWorst))
	}
	return t
}

// percentCell is a share of 1 in per cent.
func percentCell(share float64) Cell {
	return Cell{Text: words.Number(100*share, 1) + "%", Value: &share, Unit: unitName(montecarlo.Probability), Decimals: 3}
}

// returns says what the fund draws and what its investors get back.
func (p *pooledTables) returns() Table {
	f := p.r.Fund
	t := Table{
		Title: "The fund: what is drawn and what comes back",
		About: []string{"Ranges and probabilities are " + over(p.results()...)},
		Columns: append(textColumns(""), figureColumns(
			"paid in, mean", "received, mean", "multiple, central", "multiple, P50", "IRR ("+kindOfRate(p.r.Conventions.Prices)+"), central", "IRR, P5 / P50 / P95", "probability of a loss")...),
	}
	for _, rank := range f.Ranked {
		if rank.Name != montecarlo.InternalRate || p.r.Facility == nil && rank.Of != finance.Consortium { // which is all of them
			continue
		}
		mean := func(name string) Cell {
			s, _ := f.Totals.Of(name, rank.Of)
			return money(s.Mean)
		}
		multiple, _ := f.Ranked.Of(montecarlo.MoneyMultiple, rank.Of)
		loses, _ := f.Probabilities.Of(montecarlo.LosesMoney, rank.Of)
		t.add(text(words.Capital(rank.Of)), mean(montecarlo.PaidIn), mean(montecarlo.Received),
			centralOf(multiple), ranked(multiple, 0.50), centralOf(rank), ranked(rank, returnQuantiles...), chance(loses))
	}
	short, _ := f.Probabilities.Of(montecarlo.FacilityShort)
	drawn, _ := f.Totals.Of(montecarlo.Drawn)
	shortfall, _ := f.Totals.Of(montecarlo.Shortfall)
	enough := "The fund has no limit here, so that it is always enough: --fund gives it terms of its own."
	if p.r.Facility != nil {
		enough = fmt.Sprintf("The fund is not enough with a probability of %s; the shortfall is %s on average.", chance(short).Text, words.Pounds(shortfall.Mean))
	}
	t.Notes = []string{
		fmt.Sprintf("Drawn: %s on average. %s", words.Pounds(drawn.Mean), enough),
		"Consortium: all investors together with whoever met a shortfall beyond the fund or paid under a guarantee. The programmes' own facilities count for nothing here.",
		"Order of repayment: " + repayment(p.r.Facility),
	}
	return t
}

// cash lays out the fund's cash by financial year in the central projection.
func (p *pooledTables) cash() Table {
	a := p.r.Account
	y := newCashYears(a)
	_, closing := y.cash()
	t := Table{Title: "Cash of the fund by financial year, central projection; £", Columns: y.columns()}
	for i, m := range p.r.Members {
		if m.Result.Account != nil {
			own := &cashYears{a: m.Result.Account, years: y.years}
			y.add(&t, "Receipts of "+p.r.Members[i].Name, own.sum(m.Result.Account.Receipts))
		}
	}
	y.add(&t, "Receipts of all", y.sum(a.Receipts))
	y.add(&t, "Cost of delivery of all", y.sum(a.Costs))
	y.add(&t, "Drawn", y.sum(a.Drawn))
	y.addSome(&t, "Found for the shortfall", y.sum(a.Shortfall))
	y.addSome(&t, "Paid under guarantees", y.sum(a.Guaranteed))
	y.add(&t, "Paid to investors", y.back())
	y.add(&t, "Cash at the end", closing)
	return t
}

// correlations say how far the members do well together.
func (p *pooledTables) correlations() Table {
	t := Table{Title: "Do the programmes do well together?", Columns: textColumns("")}
	for _, m := range p.r.Members {
		t.Columns = append(t.Columns, Column{Heading: m.Name})
	}
	for i, m := range p.r.Members {
		cells := texts(m.Name)
		for k := range p.r.Members {
			cells = append(cells, number(p.r.Correlations[i][k], 2, ""))
		}
		t.add(cells...)
	}
	t.Notes = []string{"Correlation of receipts less costs over the replications: 1 is always together, 0 is each by itself. It follows from what was taken to be in common, and is no finding about the programmes."}
	return t
}

// notes say how the figures were made.
func (p *pooledTables) notes() []string {
	var runs []labelled
	for _, m := range p.r.Members {
		run := *m.Result
		// A member's own facility counts for nothing here.
		run.Warnings = slices.DeleteFunc(slices.Clone(run.Warnings), func(w montecarlo.Warning) bool { return w.Kind == "facility terms" })
		runs = append(runs, labelled{m.Name, &run})
	}
	all := []string{
		"P95 is the amount not exceeded in 95% of replications. ± is one Monte Carlo standard error.",
		"Every programme's replications are keyed by its name here and that of its file, so that its figures differ, within the Monte Carlo error, from those that the same seed gives it alone.",
		centralNote(p.r.Conventions), rangeNotes(runs),
	}
	if shareable := p.shareable(); len(shareable) > 0 {
		all = append(all, fmt.Sprintf("%s uncertain in two or more of the programmes and not shared, such as %s: edgeofcare show lists them, and --share or the file of the fund shares them.",
			words.Capital(map[bool]string{true: "one input is", false: words.Plural(len(shareable), "input") + " are"}[len(shareable) == 1]), shareable[len(shareable)-1]))
	}
	return append(append(all, warnings(runs)...), p.cautions()...)
}

// cautions are those of the members' files, each once, with the name of a member where
// not all have it.
func (p *pooledTables) cautions() (all []string) {
	having := map[string][]string{}
	for _, m := range p.r.Members {
		for _, caution := range cautions(m.Result.Version.Programme, m.Result.Prices) {
			if having[caution] == nil {
				all = append(all, caution)
			}
			having[caution] = append(having[caution], m.Name)
		}
	}
	for i, caution := range all {
		if of := having[caution]; len(of) < len(p.r.Members) {
			all[i] = words.And(of) + ": " + caution
		}
	}
	return all
}

// shareable are the inputs that could be shared and are not.
func (p *pooledTables) shareable() (all []string) {
	var members []portfolio.Member
	for _, m := range p.r.Members {
		members = append(members, portfolio.Member{Name: m.Name, Version: m.Result.Version})
	}
	for _, path := range portfolio.Shareable(members) {
		if !slices.Contains(p.r.Shared, path) {
			all = append(all, string(path))
		}
	}
	return all
}

// sheet has every figure of the portfolio, one in a row.
func (p *pooledTables) sheet() Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("portfolio", "of_what", "level", "line", "of", "statistic"), figureColumns("value")...), textColumns("unit", "replications", "seed", "price_base")...)}
	c := p.r.Conventions
	c.Seed = p.r.Seed
	add := func(what, level string, k montecarlo.Key, statistic string, v *float64) {
		unit := capitalUnit(k.Unit)
		cells := append(texts(p.name, what, level, k.Name, k.Of, statistic), orNothing(v, unit), text(unit))
		t.add(append(append(cells, runCells(c)...), text(c.PriceBase))...)
	}
	summary := func(what, level string, s montecarlo.Summary) {
		add(what, level, s.Key, "central", &s.Central)
		add(what, level, s.Key, "mean", &s.Mean)
		add(what, level, s.Key, "standard error", s.StdErr)
		for _, q := range s.Quantiles {
			add(what, level, s.Key, words.P(q.P), &q.Value)
			add(what, level, s.Key, "mean beyond "+words.P(q.P), &q.Beyond)
		}
	}
	for _, m := range p.r.Members {
		for _, s := range m.Result.Totals {
			if s.NeedsDelivery() && s.Of == "" {
				summary(m.Name, "member", s)
			}
		}
		share := func(name string, of float64) {
			add(m.Name, "member", montecarlo.Key{Name: name, Unit: montecarlo.Probability}, "mean", &of)
		}
		share("share of receipts", m.Share.Receipts)
		share("share of costs", m.Share.Costs)
		share("share of the capital in the worst 5%", m.Share.AtWorst)
	}
	summary("all apart", levelTotal, p.r.Apart)
	if !p.pooled {
		return t
	}
	gain := p.r.Gain
	gain.Name = "gain from pooling"
	summary("gain", levelDetail, gain)
	for _, s := range p.r.Fund.Totals {
		summary("fund", fundLevel(s.Key, p.r.Facility), s)
	}
	for _, one := range p.r.Fund.Ranked {
		add("fund", fundLevel(one.Key, p.r.Facility), one.Key, "central", one.Central)
		for _, q := range one.Quantiles {
			add("fund", fundLevel(one.Key, p.r.Facility), one.Key, words.P(q.P), q.Value)
		}
	}
	for _, one := range p.r.Fund.Probabilities {
		add("fund", fundLevel(one.Key, p.r.Facility), one.Key, "probability", &one.Probability)
	}
	return t
}

// fundLevel is which figures of a fund may be added up.
func fundLevel(k montecarlo.Key, f *model.Facility) string {
	switch {
	case k.Of == "" || k.Of == finance.Consortium:
		return levelTotal
	case isWhole(f, k.Of):
		return levelWhole
	}
	return levelInvestor
}
