package report

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/edgeofcare/edgeofcare/calibrate"
	"github.com/edgeofcare/edgeofcare/internal/inputname"
	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/montecarlo"
)

// Reforecast shows a forecast from a day on: what has been paid and what is to come, quarters,
// the outturn of each council by financial year, and what the payments say of the rates. The
// table for a spreadsheet has one figure in a row.
func Reforecast(o *calibrate.Outlook) []Table {
	if o == nil || !readable(o.Version) || len(o.Quarters) == 0 {
		return nothing("what calibrate.Reforecast returned")
	}
	tables := []Table{fromToday(o), quartersAhead(o), outturns(o)}
	if len(o.Differ) > 0 {
		tables = append(tables, claimsThatDiffer(o))
	}
	if len(o.Freed)+len(o.Seen) > 0 {
		tables = append(tables, seenAfter(o))
	}
	tables = append(tables, ratesUpdated(o))
	return inCurrency(o.Version.Programme, append(modelled(tables...), reforecastSheet(o))...)
}

// fromToday has the figures that matter most.
func fromToday(o *calibrate.Outlook) Table {
	t := Table{
		Title: titleOf(o.Version) + ": forecast from " + o.AsOf.AddDays(1).Long(),
		About: []string{
			caseLine(o.Version),
			fmt.Sprintf("%s; quarters to %s are actual, as %s", words.Capital(weightOfPayments(o)), o.AsOf.Long(), sourceOf(o)),
			fmt.Sprintf("%s replications of %s draws of the inputs, seed %d; £ in %s", words.Count(float64(o.Replications)), words.Count(float64(o.Draws)), o.Seed, o.Version.Programme.PriceText(o.Prices)),
		},
		Columns: append(textColumns(""), figureColumns("mean", "90% range", "by chance alone")...),
		Notes:   reforecastNotes(o),
	}
	all := o.Outturn[len(o.Outturn)-1]
	last := o.Quarters[len(o.Quarters)-1].ToDate
	paid := money(paidToDate(o))
	if !o.Given {
		paid.Status = statusPublished
	}
	t.add(text("Outcome payments to date, actual"), paid, none(), none())
	t.forecast("Outcome payments still to come", ahead(last, paidToDate(o)))
	t.forecast("Outcome payments in all", last)
	for _, one := range o.Outturn {
		if one.Council != "" && one.Year.IsZero() {
			t.Rows = append(t.Rows, Row{Indent: 1, Cells: outlookCells("of it by "+one.Council, one.Own.Outturn)})
		}
	}
	if all.Others.Outturn.Mean != 0 {
		t.Rows = append(t.Rows, Row{Indent: 1, Cells: outlookCells("of it by others", all.Others.Outturn)})
	}
	for _, c := range o.Care {
		t.forecast(words.Capital(c.Measure)+" still to come", c.Ahead)
		t.forecast(words.Capital(c.Measure)+" in all, modelled", c.Outturn)
	}
	for _, target := range o.Targets {
		t.add(text("Chance of meeting "+targetOf(o, target)+", cashable saving less own payments"), chanceOf(target.Net, o), none(), none())
		t.Rows = append(t.Rows, Row{Indent: 1, Cells: []Cell{text("before payments"), chanceOf(target.Gross, o), none(), none()}})
	}
	if o.CapReached != nil {
		t.add(text("Chance that the contract cap is reached"), chanceOf(*o.CapReached, o), none(), none())
	}
	return t
}

// ahead is what is still to come, where what has been paid is known.
func ahead(all calibrate.Forecast, paid float64) calibrate.Forecast {
	return calibrate.Forecast{Mean: all.Mean - paid, Low: all.Low - paid, High: all.High - paid, ChanceLow: all.ChanceLow - paid, ChanceHigh: all.ChanceHigh - paid}
}

// paidToDate is what has been paid for the quarters that are actual, in £.
func paidToDate(o *calibrate.Outlook) (sum float64) {
	for _, q := range o.Quarters {
		if q.Actual != nil {
			sum += *q.Actual
		}
	}
	return sum
}

// forecast adds a row of a forecast.
func (t *Table) forecast(name string, f calibrate.Forecast) { t.add(outlookCells(name, f)...) }

func outlookCells(name string, f calibrate.Forecast) []Cell {
	return append([]Cell{text(name), money(f.Mean)}, rangesOfForecast(f)...)
}

// rangesOfForecast are the range, and that of chance alone; none of what is known.
func rangesOfForecast(f calibrate.Forecast) []Cell {
	if f.High-f.Low < 1 && math.Abs(f.Mean-f.Low) < 1 {
		return []Cell{none(), none()}
	}
	return []Cell{between(f.Low, f.High, montecarlo.Pounds), between(f.ChanceLow, f.ChanceHigh, montecarlo.Pounds)}
}

// chanceOf is the share of replications in which something happened.
func chanceOf(share float64, o *calibrate.Outlook) Cell {
	c := figure(share, montecarlo.Probability)
	c.Text = words.Chance(share, o.Replications, false)
	return c
}

// weightOfPayments says how plan and payments are weighed.
func weightOfPayments(o *calibrate.Outlook) string {
	switch o.Evidence {
	case 1:
		return "rates are held to what was paid: the ranges of the file and the payments weigh once each"
	case 0:
		return "rates are those of the file: by choice what was paid does not change them (weight 0)"
	}
	return fmt.Sprintf("rates are held to what was paid: by choice the payments weigh %s times and the ranges of the file once", words.Significant(o.Evidence))
}

// sourceOf says where actual payments come from.
func sourceOf(o *calibrate.Outlook) string {
	switch {
	case o.Given && len(o.Filled) > 0:
		return "claimed and, without a claim, as the programme file publishes them"
	case o.Given:
		return "claimed"
	}
	return "the programme file has them"
}

// isPublished reports whether the actual payment of a quarter is that of the programme file.
func isPublished(o *calibrate.Outlook, q calendar.Quarter) bool {
	return !o.Given || slices.ContainsFunc(o.Filled, func(a model.QuarterAmount) bool { return a.Quarter == q })
}

// quarterSpans names the quarters of payments, in order of time: "Q1 2021/22, Q3 2021/22 to
// Q2 2022/23".
func quarterSpans(all []model.QuarterAmount) string {
	var spans []string
	for i := 0; i < len(all); {
		first := i
		for i++; i < len(all) && all[i].Quarter == all[i-1].Quarter+1; i++ {
		}
		span := all[first].Quarter.String()
		if last := i - 1; last > first {
			span += " to " + all[last].Quarter.String()
		}
		spans = append(spans, span)
	}
	return strings.Join(spans, ", ")
}

// reforecastNotes say how a forecast is to be read, and what it leaves out, with the amounts.
func reforecastNotes(o *calibrate.Outlook) []string {
	all := []string{
		"90% ranges cover chance in children's lives, rates within the ranges of the file as far as the payments leave them open, and errors of single quarters as large as those to date. By chance alone: at known rates.",
	}
	add := func(format string, args ...any) { all = append(all, fmt.Sprintf(format, args...)) }
	if o.Caseload != nil {
		add("Children in placement (%s) and waiting (%s) on %s go on from their weeks. What children avoid whose placement had ended by then is not in what is still to come.",
			fewOr(o.Caseload.InPlacement), fewOr(o.Caseload.Waiting), o.AsOf.Long())
		if n := o.Caseload.Overdue; n == nil || *n > 0 {
			add("%s have waited for longer than the lag of their cohort in the file. They start in the first week of the forecast, with the start probability: take out those who will not start.", overdue(o.Caseload))
		}
	} else {
		add("Which children are in placement is not known: each replication is moved to what was paid, by the normal law of past and future payments together. A file of today's children takes the place of that.")
	}
	if o.Version.Programme.Inflation == 0 {
		add("The file states no general inflation: what was paid is taken to be in its constant prices, and a budget adds inflation to what is still to come.")
	}
	if text := unlikelyCaseload(o); text != "" {
		add("%s", text)
	}
	all = append(all, sharesOfCouncils(o)...)
	if n, paid := sumOfQuarters(o.Later); n > 0 {
		add("Actual payments for quarters that end after the day are not used: %d, %s in all.", n, words.Amount(words.PoundSign, paid))
	}
	if n, paid := sumOfQuarters(o.Filled); n > 0 {
		add("Without a claim, what the programme file publishes stands for %s: %s, %s in all. Give an earlier day to start from the last claim.", quarterSpans(o.Filled), words.Plural(n, "quarter"), words.Amount(words.PoundSign, paid))
	}
	if len(o.Unclaimed) > 0 {
		add("No claim in the file for %s, taken as £0.", quarterSpans(o.Unclaimed))
	}
	if n, paid := sumOfQuarters(append(slices.Clone(o.Granted), o.Derived...)); n > 0 {
		add("Payments that stand and say nothing of the rates, because a grant stood in the quarter or the amount is derived: %d, %s in all.", n, words.Amount(words.PoundSign, paid))
	}
	if len(o.Unearned) > 0 {
		add("By the file nothing can be earned in %s: £0 stands there and says nothing of the rates.", quarterSpans(o.Unearned))
	}
	if n := len(o.Absent); n > 0 {
		add("In %s a council or metric has no claim where others have one, first %s in %s: it counts as £0.", words.Plural(n, "place"), lineOf(o.Absent[0]), o.Absent[0].Quarter)
	}
	if o.BelowAmount > 0 {
		add("In %s of replications what some council claims for a metric in a later quarter would be below £0 and is taken as £0. That adds %s to the mean of what is still to come, before any cap and in the prices of the tariffs.", words.Chance(o.Below, o.Replications, false), atLeastAPound(o.BelowAmount))
	}
	if text := freedOnTheDay(o); text != "" {
		add("%s", text)
	}
	return all
}

// lineOf names a council, a metric or both.
func lineOf(l calibrate.AbsentLine) string {
	return strings.Join(slices.DeleteFunc([]string{l.Council, l.Metric}, func(name string) bool { return name == "" }), ", ")
}

// atLeastAPound is an amount in whole pounds.
func atLeastAPound(pounds float64) string {
	if pounds < 1 {
		return "less than £1"
	}
	return words.Pounds(pounds)
}

// sharesOfCouncils say of which quarters it is known what each council claimed, and what
// that means for what is ahead.
func sharesOfCouncils(o *calibrate.Outlook) (all []string) {
	switch n, paid := sumOfQuarters(o.Unsplit); {
	case len(o.Version.Programme.Commissioners) == 1:
		return nil
	case fixedShares(o.Version.Programme):
		return []string{"Councils pay fixed shares of all claims, whichever council's child it is: what each claimed changes nothing."}
	case !splitSomewhere(o):
		return []string{"What each council claimed to date is not known: it is worked out from the councils' shares of referrals in the file, and is only as good as these."}
	case n > 0:
		all = append(all, fmt.Sprintf("What each council claimed is not known for %s (%s, %s in all): it is worked out from the councils' shares of referrals in the file.", quarterSpans(o.Unsplit), words.Plural(n, "quarter"), words.Amount(words.PoundSign, paid)))
	}
	if o.Caseload != nil {
		return append(all, "Councils stand as they claimed. Children who are referred later are shared over councils as in the file.")
	}
	return append(all, "Councils stand as they claimed, and the children in placement are taken to be those of the councils that claim for them. Children who are referred later are shared over councils as in the file.")
}

// splitSomewhere reports whether it is known of some quarter what each council claimed.
func splitSomewhere(o *calibrate.Outlook) bool {
	return slices.ContainsFunc(o.Quarters, func(q calibrate.ReforecastQuarter) bool {
		return q.Actual != nil && *q.Actual != 0 && !slices.ContainsFunc(o.Unsplit, func(u model.QuarterAmount) bool { return u.Quarter == q.Quarter })
	})
}

// unlikelyCaseload warns where today's children lead to payments far from those of the last
// quarter: half of a file is an easy slip.
func unlikelyCaseload(o *calibrate.Outlook) string {
	i := slices.IndexFunc(o.Quarters, func(q calibrate.ReforecastQuarter) bool { return q.Actual == nil })
	if o.Caseload == nil || i < 1 {
		return ""
	}
	paid, next := *o.Quarters[i-1].Actual, o.Quarters[i].Forecast.Mean
	if next > 0.6*paid && next < 1.6*paid {
		return ""
	}
	return fmt.Sprintf("Caution: the children of today lead to %s in %s, where %s was paid for %s. Look whether all of them, of every council and cohort, are in the file.",
		words.Pounds(next), o.Quarters[i].Quarter, words.Pounds(paid), o.Quarters[i-1].Quarter)
}

// fewOr is a number of children, without the small ones.
func fewOr(n *int) string {
	if n == nil {
		return "1 to 5"
	}
	return words.Count(float64(*n))
}

// overdue says how many of the children who wait have waited for longer than the lag, where
// neither they nor the others are few.
func overdue(c *calibrate.Caseload) string {
	switch {
	case c.Overdue == nil:
		return "Some of the children who wait"
	case c.Waiting != nil && *c.Overdue == *c.Waiting:
		return "All of the children who wait"
	}
	return words.Count(float64(*c.Overdue)) + " of the children who wait"
}

func sumOfQuarters(all []model.QuarterAmount) (int, decimal.Decimal) {
	sum := decimal.Zero
	for _, q := range all {
		sum = sum.Add(q.Amount)
	}
	return len(all), sum
}

// freedOnTheDay says which inputs had been fitted to payments after the day, and what became
// of them.
func freedOnTheDay(o *calibrate.Outlook) string {
	n := len(o.Freed) + len(o.Seen)
	if n == 0 {
		return ""
	}
	why := noFactor
	if o.Evidence == 0 {
		why = "by choice what was paid does not change them"
	}
	return fmt.Sprintf("%s of the file had been fitted to payments after the day, and stand in a table below.%s Which cohorts and laws the file has was chosen with later payments known, too.",
		words.Plural(n, "input"), setFree(o.Freed, o.Seen, "the day", why))
}

// seenAfter lists the inputs that had been fitted to payments after the day.
func seenAfter(o *calibrate.Outlook) Table {
	var inputs []model.Input
	for _, in := range o.Fitted {
		if slices.Contains(o.Freed, in.Path) || slices.Contains(o.Seen, in.Path) {
			inputs = append(inputs, in)
		}
	}
	t := seenLater(inputs, o.Freed, o.Seen)
	t.Title = "Inputs that had been fitted to payments after " + o.AsOf.Long()
	return t
}

// targetOf names a savings target in a sentence.
func targetOf(o *calibrate.Outlook, chance calibrate.TargetChance) string {
	for _, t := range o.Version.Programme.SavingsTargets {
		if t.String() == chance.Target {
			return targetName(t)
		}
	}
	return chance.Target
}

// quartersAhead has a row for each quarter.
func quartersAhead(o *calibrate.Outlook) Table {
	t := Table{
		Title:   "Outcome payments by quarter",
		Columns: append(textColumns("quarter"), figureColumns("actual", "forecast", "90% range", "by chance alone", "in all by then", "90% range")...),
	}
	for _, q := range o.Quarters {
		cells := []Cell{text(q.Quarter.String())}
		if q.Actual != nil {
			actual := money(*q.Actual)
			if isPublished(o, q.Quarter) {
				actual.Status = statusPublished
			}
			t.add(append(cells, actual, none(), none(), none(), money(q.ToDate.Mean), none())...)
			continue
		}
		f := *q.Forecast
		t.add(slices.Concat(cells, []Cell{none(), money(f.Mean)}, rangesOfForecast(f), []Cell{money(q.ToDate.Mean), rangesOfForecast(q.ToDate)[0]})...)
	}
	return t
}

// outturns has a row for each council and financial year.
func outturns(o *calibrate.Outlook) Table {
	t := Table{
		Title:   "What each council pays by financial year, £ in " + o.Version.Programme.PriceText(o.Prices),
		Columns: append(textColumns("year"), figureColumns("paid to date", "still to come", "outturn", "90% range", "by chance alone", "paid by others")...),
		Notes:   []string{"Own payments of each council; a payment counts in the year of the quarter that it is for. Paid by others: what payers that are no council pay of the council's claims, outturn. Rows of single years do not add up to the range of all years."},
	}
	council := "-"
	for _, one := range o.Outturn {
		if one.Council == "" && len(o.Version.Programme.Commissioners) == 1 {
			break // the same again
		}
		if one.Council != council {
			council = one.Council
			t.heading(orAll(council, "All councils") + workedOut(o, council))
		}
		year := "all years"
		if !one.Year.IsZero() {
			year = one.Year.String()
		}
		f := one.Own.Outturn
		t.add(slices.Concat([]Cell{text(year), money(one.Own.ToDate.Mean), money(one.Own.Ahead.Mean), money(f.Mean)}, rangesOfForecast(f), []Cell{money(one.Others.Outturn.Mean)})...)
	}
	return t
}

// workedOut says, below the name of a council, that what it paid to date is worked out.
func workedOut(o *calibrate.Outlook, council string) string {
	switch {
	case council == "" || len(o.Unsplit) == 0 || fixedShares(o.Version.Programme):
		return ""
	case !splitSomewhere(o):
		return " (paid to date worked out from the file's shares)"
	}
	return " (paid to date worked out in part from the file's shares)"
}

func orAll(name, all string) string {
	if name == "" {
		return all
	}
	return name
}

// workedOutIn reports whether what a council paid to date in a year is worked out from the
// file's shares.
func workedOutIn(o *calibrate.Outlook, one calibrate.Outturn) bool {
	return workedOut(o, one.Council) != "" && slices.ContainsFunc(o.Unsplit, func(q model.QuarterAmount) bool {
		return one.Year.IsZero() || q.Quarter.FinancialYear() == one.Year
	})
}

// claimsThatDiffer has a row for each quarter of which claims and programme file disagree.
func claimsThatDiffer(o *calibrate.Outlook) Table {
	t := Table{
		Title:   "Claims that differ from what the programme file publishes",
		Columns: append(textColumns("quarter"), figureColumns("claimed", "published", "difference")...),
		Notes:   []string{"The claims stand."},
	}
	for _, d := range o.Differ {
		published := pence(d.Published.InexactFloat64())
		published.Status = statusPublished
		t.add(text(d.Quarter.String()), pence(d.Claimed.InexactFloat64()), published, pence(d.Claimed.Sub(d.Published).InexactFloat64()))
	}
	return t
}

// ratesUpdated has a row for each input on which payments depend, the one of which they
// say most first.
func ratesUpdated(o *calibrate.Outlook) Table {
	t := Table{
		Title:   "What the payments say of the inputs",
		Columns: append(textColumns("input"), figureColumns("in the file", "90% range", "now", "90% range", "variance left")...),
	}
	as, apart := 0, 0
	for _, in := range slices.SortedStableFunc(slices.Values(o.Updated), func(a, b calibrate.Learned) int { return cmp.Compare(a.VarianceLeft, b.VarianceLeft) }) {
		switch {
		case !in.Depends:
			apart++
			continue
		case !changed(in):
			as++
			continue
		}
		for _, c := range in.Chances {
			t.add(text(words.Capital(inputname.Of(in.Input))+": "+c.Name), figure(c.Prior, montecarlo.Probability), none(), figure(c.Posterior, montecarlo.Probability), none(), none())
		}
		if len(in.Chances) > 0 {
			continue
		}
		value := func(x float64) string { return inputname.Value(in.Input, x) }
		spread := func(s calibrate.Spread) []Cell {
			mean := Cell{Text: value(s.Mean), Value: &s.Mean}
			if len(in.Input.Values) > 0 {
				mean = none() // of a list there is none
			}
			return []Cell{mean, {Text: value(s.Low) + " to " + value(s.High), Low: &s.Low, High: &s.High}}
		}
		t.add(slices.Concat([]Cell{text(words.Capital(inputname.Of(in.Input)))}, spread(in.Prior), spread(in.Posterior), []Cell{percent(in.VarianceLeft)})...)
	}
	t.Notes = []string{
		"Variance left: that of the draws held to the payments over that before. The payments tell some inputs apart and others not: more children and slower failures pay alike.",
		fmt.Sprintf("Of %s more they say next to nothing: 95%% of the variance or more is left, and no chance is two percentage points off. On %s they do not depend.", words.Plural(as, "input"), words.Plural(apart, "other")),
	}
	return t
}

// changed reports whether payments say something of an input.
func changed(in calibrate.Learned) bool {
	if len(in.Chances) == 0 {
		return in.VarianceLeft < 0.95
	}
	return slices.ContainsFunc(in.Chances, func(c calibrate.Chances) bool { return math.Abs(c.Posterior-c.Prior) >= 0.02 })
}

// reforecastSheet has one figure in a row.
func reforecastSheet(o *calibrate.Outlook) Table {
	t := Table{Sheet: true, Columns: append(append(textColumns("programme", "version", "as_of", "evidence", "measure", "council", "period", "part"),
		figureColumns("mean", "p5", "p95", "chance_p5", "chance_p95")...), textColumns("unit", "price_base", "replications", "seed")...)}
	row := func(measure, council, period, part, unit string, figures ...*float64) {
		cells := texts(o.Version.Programme.Name, o.Version.Label(), o.AsOf.String(), strconv.FormatFloat(o.Evidence, 'g', -1, 64), measure, council, period, part)
		for _, x := range figures {
			cells = append(cells, orNothing(x, unit))
		}
		t.add(append(cells, texts(unit, o.Version.Programme.PriceText(o.Prices), strconv.Itoa(o.Replications), strconv.FormatUint(o.Seed, 10))...)...)
	}
	of := func(measure, council, period, part string, f calibrate.Forecast) {
		row(measure, council, period, part, unitPounds, &f.Mean, &f.Low, &f.High, &f.ChanceLow, &f.ChanceHigh)
	}
	for _, q := range o.Quarters {
		if q.Actual != nil {
			row(montecarlo.Payments, "all", q.Quarter.String(), "actual", unitPounds, q.Actual, nil, nil, nil, nil)
		} else {
			of(montecarlo.Payments, "all", q.Quarter.String(), "forecast", *q.Forecast)
		}
		of(montecarlo.Payments, "all", q.Quarter.String(), "in all by then", q.ToDate)
	}
	for _, one := range o.Outturn {
		year := "all years"
		if !one.Year.IsZero() {
			year = one.Year.String()
		}
		for _, by := range []struct {
			measure string
			calibrate.Amounts
		}{{montecarlo.Payments, one.Own}, {montecarlo.OtherPayments, one.Others}} {
			for _, part := range []struct {
				name string
				f    calibrate.Forecast
			}{{"to date", by.ToDate}, {"still to come", by.Ahead}, {"outturn", by.Outturn}} {
				if part.name == "to date" && workedOutIn(o, one) {
					part.name = "to date, worked out"
				}
				of(by.measure+", by council", orAll(one.Council, "all"), year, part.name, part.f)
			}
		}
	}
	for _, c := range o.Care {
		of(c.Measure, "all", "all years", "to date, modelled", c.ToDate)
		of(c.Measure, "all", "all years", "still to come", c.Ahead)
		of(c.Measure, "all", "all years", "outturn", c.Outturn)
	}
	probability := unitName(montecarlo.Probability)
	for _, target := range o.Targets {
		row(montecarlo.TargetMet, target.Target, "", "chance", probability, &target.Net, nil, nil, nil, nil)
		row(montecarlo.TargetMetGross, target.Target, "", "chance", probability, &target.Gross, nil, nil, nil, nil)
	}
	if o.CapReached != nil {
		row(montecarlo.CapReached, "all", "", "chance", probability, o.CapReached, nil, nil, nil, nil)
	}
	return t
}
