package xlsx

import (
	"fmt"
	"slices"

	"github.com/edgeofcare/edgeofcare/internal/words"
)

// The sheets Notes and Cover: what the workbook is, what it can be asked and what not.

// cannot is what no workbook can work out, since it needs the programme again.
var cannot = []string{
	"Fewer or more referrals, other dates of referral, another mix of cohorts or councils: the expected units and weeks would be others, and caps would bind elsewhere. They are not in proportion where a cap per child, a birthday or the end of the programme cuts them.",
	"Another chance of starting, of a placement failing, or of what happens without the programme.",
	"Another trigger, window, cap per child, lag, or length of tracking.",
	"Means, ranges and chances: they are of the run as delivered and follow no input.",
	"A metric, payer, cap or grant that the programme file does not have; an indexation where the file has none.",
}

func (m *maker) newNotes() {
	s := m.b.sheet("Notes", "Notes: how figures are made, and what the workbook cannot work out", []string{"note", "about", "text"})
	n := 0
	add := func(about, text string) {
		n++
		s.add(texts(fmt.Sprintf("[note %d]", n), about, words.In(m.p.Currency, text))...)
	}
	c := m.w.Result.Conventions
	for _, one := range m.b.pasted {
		add("a value that follows no input", one.what+": "+one.why+".")
	}
	for _, one := range cannot {
		add("needs the command again", one)
	}
	add("the command", "edgeofcare report "+m.p.Name+" --set \"unit costs.residential=5200\" --set \"cohorts.*.referrals.children*=0.85\" -o other.xlsx prices another version; edgeofcare show "+m.p.Name+" lists the settings.")
	add("signs", "Payments, costs and savings are above 0; a saving below 0 is a loss. Net saving is what is avoided less what is paid.")
	add("rounding", "A price is rounded to the penny once for each year, a claim once for each metric, council and quarter, half a penny away from zero; shares go by largest remainder, ties by name.")
	add("order of the contract's rules", "Units × price, caps of metrics, grants, caps of years, delivery fee, cap of the contract, shares of payers, caps of payers.")
	add("what a cap leaves", "On each 1 April what is left of a cap rises as the cap's amount does.")
	add("central and mean", "Central figures are "+c.Central+". Means are "+c.Mean+".")
	add("counting", c.Counting)
	add("window", c.Window)
	add("discounting", c.Discounting)
	add("uncertainty", c.Uncertainty)
	add("cashable", "The cohort's cashable share of what is avoided. Where a cohort's care is expected to cost more with the programme, the extra cost is cash in full: the share in force is then 1.")
	add("empty cells", "Only rows of published amounts have them: nothing is published for the quarter. All other cells without a figure say so in words.")
	if m.p.NotInRanges != "" {
		add("not in the ranges", m.p.NotInRanges)
	}
	for _, one := range accessibility {
		add("accessibility: "+one[0], one[1])
	}
}

// accessibility is a self-assessment by the guidelines for content, WCAG 2.2, level AA.
var accessibility = [][2]string{
	{"met", "Each sheet has one marked table with one row of unique heads, a title in A1, and no merged cells or hidden parts. No colour carries a meaning. Charts have a text and their figures in a table."},
	{"partly", "Rows of workings are many; the first columns say of each row what it is, of whom and in which unit."},
	{"user's part", "Panes are not frozen, so that large print fits: freeze them if it helps. Colours and size are those of the reader's program."},
}

func (m *maker) newCover() {
	s := m.b.sheet("Cover", or(m.p.Title, m.p.Name), []string{"item", "text"})
	add := func(item, what string) { s.add(texts(item, words.In(m.p.Currency, what))...) }
	s.add(text("Master check"), formula(plain, `IF(%s>0,"A CHECK IS NOT MET: see the sheet Checks",IF(SUM(%s)=0,"All checks are met: the workbook is as delivered and equals the engine to the penny","All checks are met; inputs have been changed: figures are priced again here, and differ from the engine's as delivered"))`, m.checked, m.inputCells(changedColumn)))
	s.add(text("Inputs changed"), formula(plain, `SUM(%s)&""`, m.inputCells(changedColumn)))
	r := m.w.Result
	c := r.Conventions
	add("What it is", "Expected payments, avoided cost and saving of "+r.Version.Phrase()+" of programme "+m.p.Name+", priced by formulas from expected units and weeks.")
	if m.p.About != "" {
		add("Programme", m.p.About)
	}
	add("Written on", or(m.w.Written.Long(), "not stated"))
	add("Version of edgeofcare", or(m.w.Version, "not stated"))
	add("Programme's fingerprint", c.Fingerprint)
	add("Run", fmt.Sprintf("%s replications, seed %d", words.Count(float64(c.Replications)), c.Seed))
	if m.w.Command != "" {
		add("Made with", m.w.Command)
	}
	add("Period", c.Start.Long()+" to "+c.Horizon.Long())
	add("Prices", m.pricesNote())
	add("It may be used for", "Following how payments and savings come about; budgets of the central projection by quarter, year, council and payer; asking what a changed tariff, unit cost, cashable share, payer share, cap or index does.")
	add("It may not be used for", "Asking what other numbers of children, rates or outcomes would do, or how sure a figure is once an input is changed: run edgeofcare again (see Notes). It is no forecast, and no audit of claims.")
	if len(m.b.pasted) == 0 {
		add("Not priced by formulas", "Nothing that the contract has.")
	}
	for i, one := range m.b.pasted {
		add(fmt.Sprintf("Not priced by formulas [note %d]", i+1), one.what+": "+one.why+".")
	}
	for i, caution := range m.cautions() {
		add(fmt.Sprintf("Caution (%d)", i+1), caution)
	}
	for _, sheet := range guide {
		if m.b.has(sheet[0]) {
			add("Sheet "+sheet[0], sheet[1])
		}
	}
}

// cautions are those of the programme, of the run and of the caller.
func (m *maker) cautions() []string {
	all := slices.Clone(m.p.Cautions)
	for _, w := range m.w.Result.Warnings {
		all = append(all, "Warning ("+or(m.w.Result.Version.Name(), m.p.Name)+", whole programme): "+w.Text)
	}
	return append(all, m.w.Cautions...)
}

func (m *maker) pricesNote() string {
	if m.inflation == "" {
		return m.p.PriceBase + ". The file states no inflation, so there are no figures in cash: --prices \"cash at 2%\" gives them."
	}
	return "Constant prices are " + m.p.PriceBase + "; cash is constant times the index. Payments are worked out in " + m.fixed.String() + " prices. Profile, Cases and Simulated are in " + m.w.Result.Prices.String() + " prices."
}

// guide says what is on each sheet.
var guide = [][2]string{
	{"Headline", "Engine's figure, workbook's figure and difference."},
	{"Checks", "What must hold whatever the inputs are."},
	{"Inputs", "The prices, shares, caps and indices that can be changed, in the column called input."},
	{"Constants", "Numbers that are no assumptions."},
	{"Assumptions", "Every input of the programme with status, source and range."},
	{"Timeline", "What the columns of quarters are. One column is one quarter on every sheet with quarters."},
	{"Units", "Expected payable units: values of the engine."},
	{"Weeks", "Expected weeks of care with and without the programme: values of the engine."},
	{"Prices", "Tariffs and costs of a week by year, in pence."},
	{"Claims", "Units × price."},
	{"Caps", "Caps and grants, in the order of the contract's rules."},
	{"Payers", "Who pays what."},
	{"Care", "Cost of care, what is avoided, what of it is cashable."},
	{"Constant", "The results in constant prices, in pence."},
	{"Cash", "The results in cash, in pence."},
	{"Profile", "Payments by quarter and payer, with published plans and a chart."},
	{"Budget", "Each council by financial year, with a chart of net saving."},
	{"Savings", "Avoided and cashable cost by cohort and council."},
	{"Cashflow", "Cash by day, and capital."},
	{"Cases", "Cases side by side: values."},
	{"Simulated", "Means, ranges and chances: values."},
	{"Dictionary", "What each figure is, and its rule."},
	{"Notes", "How figures are made, and what needs the command again."},
}
