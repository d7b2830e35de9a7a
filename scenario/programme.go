package scenario

import (
	"errors"
	"fmt"
	"regexp"

	"github.com/edgeofcare/edgeofcare/model"
	"github.com/edgeofcare/edgeofcare/model/calendar"
	"github.com/edgeofcare/edgeofcare/model/uncertain"
)

// topSettings are the settings of a programme file.
var topSettings = []string{
	"format", "programme", "title", "about", "evidence", "start", "end", "currency", "price base", "discount rate", "inflation",
	"sources", "cautions", "not in the ranges", "commissioners", "states", "background", "ages at referral",
	"cohorts", "metrics", "contract cap", "year caps", "grants", "delivery fee", "payers", "unit costs",
	"capacity", "delivery", "facility", "affordability", "minimum referrals",
	"savings targets", "measures", "published", "uncertain", "correlations", "alternatives", "cases", "compare", "variants", "ranges", "stresses", "all at once",
}

// The most of each thing that a file may have, so that every file is checked
// in a moment.
const (
	mostCommissioners = 200
	mostCohorts       = 50
	mostMetrics       = 50
	mostPayers        = 50
	mostPieces        = 20   // of a row of moves
	mostTexts         = 1000 // sources, published figures
)

// decoder turns one document into a programme and gathers what is wrong.
type decoder struct {
	p        *model.Programme
	findings []finding
	bad      map[string]bool // paths of settings that could not be read
	holdsBad map[string]bool // paths of settings that hold one of these
	places   []visited       // in the order visited
	index    map[string]int  // of places
	edited   bool            // any place is an edit's
	certain  bool            // how well numbers are known is not read

	sources       []string        // that the file lists
	told          map[string]bool // settings of which all is said that can be: see consequence
	replaced      map[string]bool // blocks of edits of which it is said that they are whole
	end           calendar.Date
	moved         bool // an edit has moved the start or the end
	dated         bool // start and end could be read
	states        names
	origins       names // the states that children can be referred in
	placements    names // the states that children may move to: not the planned ones
	planned       names
	cases         names // that the file has, whatever they change
	commissioners names
	cohorts       names
	metrics       names
	variants      names

	laws   []visited // what says how well something is known
	fitted *once[uncertain.Law]
	sureOf map[string]bool   // paths of the numbers that it was read for
	stated map[string]readAt // of the numbers that are certain
}

// decode returns the programme that a document describes, and everything that is
// wrong with it. What is wrong only because something else could not be read is
// left out.
func decode(root *node, fitted *once[uncertain.Law], certain bool) (*model.Programme, []finding) {
	d := newDecoder(root)
	d.fitted, d.certain = fitted, certain
	top := d.enter(root, "").fields(topSettings...)
	d.heading(top)
	d.time(top)
	d.texts(top)
	d.definitions(top)
	d.p.Background = top.may("background").background(d)
	d.ages(top.may("ages at referral"))
	d.readCohorts(top)
	d.contract(top)
	d.p.UnitCosts = d.unitCosts(top.need("unit costs", sentence("what a child-week costs in each state, in £")))
	d.money(top)
	d.promises(top)
	d.p.Recorded = top.may("measures").recorded()
	d.published(top.may("published"))
	if !certain {
		d.multipliers(top.may("uncertain"), root)
		d.alternatives(top.may("alternatives"))
		d.correlations(top.may("correlations"), root)
	}
	d.strayLaws()
	d.poundSigns(root, "")
	if top.given() {
		d.validate()
		d.register(root, top.may("evidence").fields("status", "source", "note").evidence())
	}
	d.inOwnCurrency()
	return d.p, d.findings
}

// newDecoder returns a decoder of a document that has read nothing yet.
func newDecoder(root *node) *decoder {
	settings := root.count(fixed).entries // of which each has a place
	d := &decoder{
		p: &model.Programme{}, bad: map[string]bool{}, holdsBad: map[string]bool{}, index: make(map[string]int, settings), places: make([]visited, 0, settings), told: map[string]bool{}, replaced: map[string]bool{}, sureOf: map[string]bool{}, stated: map[string]readAt{},
	}
	if sources, ok := root.entry("sources"); ok {
		d.sources = sources.value.inner().names()
	}
	d.cases = names{what: "case"}
	if cases, ok := root.entry("cases"); ok {
		d.cases.valid = cases.value.inner().names()
	}
	d.variants = names{what: "variant"}
	if variants, ok := root.entry("variants"); ok {
		d.variants.valid = variants.value.inner().names()
	}
	return d
}

// heading reads what the programme is called.
func (d *decoder) heading(top fields) {
	format := top.need("format", sentence("format: 1"))
	if format.given() && !format.is("1") {
		format.fault("this version cannot read format %s: write format: 1", format.kind())
	}
	d.p.Name = value(top.need("programme", want{"a short name", "dn2"}), want{"a short name", "dn2"}, parseShortName)
	d.p.Title = top.need("title", sentence("the programme's name in full")).text()
	d.p.About = top.may("about").text()
	d.p.Currency = top.may("currency").currency()
	d.prices(top)
}

var shortName = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func parseShortName(text string, w want) (string, error) {
	if !shortName.MatchString(text) {
		return "", errors.New(quote(text) + " is not a short name: write lower-case letters, digits and hyphens only, such as " + w.example)
	}
	return text, nil
}

// time reads the weeks that the programme lasts. Where they cannot be read,
// a harmless value replaces them, so that the rest can be checked.
func (d *decoder) time(top fields) {
	start := top.need("start", want{"the first day of week 0", aDate.example})
	end := top.need("end", want{"the last day that is counted", "2026-09-30"})
	d.p.Start, d.end = start.date(), end.date()
	d.moved = start.at.layer > 0 || end.at.layer > 0
	d.dated = !d.p.Start.IsZero() && !d.end.IsZero()
	if d.dated {
		d.p.Weeks = (d.end.Sub(d.p.Start) + 1) / 7
		switch {
		case d.end.Before(d.p.Start):
			later(start, end).fault("the end, %s, is before the start, %s: write a later end or an earlier start", d.end, d.p.Start)
		case d.p.Weeks == 0:
			later(start, end).fault("from the start, %s, to the end, %s, is less than a week: write a later end or an earlier start", d.p.Start, d.end)
		case d.p.Weeks > maxWeeks:
			later(start, end).fault("the end, %s, is more than 60 years after the start, %s: write an earlier end", d.end, d.p.Start)
		}
		d.dated = !d.bad["start"] && !d.bad["end"]
	}
	if !d.dated {
		d.p.Start, d.p.Weeks = calendar.NewDate(2000, 1, 1), maxWeeks
	}
}

// outside says that a financial year is not one of the programme's; empty if it
// is, or if it is not known when the programme runs.
func (d *decoder) outside(year calendar.FinancialYear) string {
	weeks := d.p.Calendar()
	first, last := weeks.Quarter(0).FinancialYear(), weeks.Quarter(weeks.Count-1).FinancialYear()
	if !d.dated || first <= year && year <= last {
		return ""
	}
	return fmt.Sprintf("%s is outside the programme, which runs from %s to %s", year, first, last)
}

// texts reads what is there for people only.
func (d *decoder) texts(top fields) {
	for _, source := range top.may("sources").named("sources", mostTexts) {
		d.p.Sources = append(d.p.Sources, model.Source{Name: source.name, Text: source.text()})
	}
	for _, caution := range top.may("cautions").list() {
		d.p.Cautions = append(d.p.Cautions, caution.text())
	}
	d.p.NotInRanges = top.may("not in the ranges").text()
}

func (d *decoder) ages(c cursor) {
	f := c.fields("from", "to")
	from, to := f.need("from", anAge), f.need("to", anAge)
	d.p.Ages = model.Ages{From: value(from, anAge, parseAge).InexactFloat64(), To: value(to, anAge, parseAge).InexactFloat64()}
	if from.sound() && to.sound() && d.p.Ages.From >= d.p.Ages.To {
		later(from, to).fault("ages run from %s to %s: the first must be below the second", from.n.text, to.n.text)
	}
}

// promises reads what the contract and budgets promise.
func (d *decoder) promises(top fields) {
	minimum := top.may("minimum referrals").fields("children", "weeks", "consequence")
	d.p.MinimumReferrals = model.MinimumReferrals{
		Children: minimum.need("children", aCount).count(),
		Weeks:    minimum.need("weeks", someWeeks).weeks(),

		Consequence: minimum.may("consequence").text(),
	}
	for _, item := range top.may("savings targets").list() {
		f := item.fields("commissioner", "years", "amount", "indexation")
		target := model.SavingsTarget{
			Commissioner: f.need("commissioner", sentence("the commissioner who has booked the saving")).name(d.commissioners),
			Amount:       f.need("amount", anAmount).amount(),
			Indexation:   f.may("indexation").indexation(),
		}
		for _, year := range f.need("years", want{"a list of financial years", "[2021/22, 2022/23]"}).words() {
			var y calendar.FinancialYear
			year.programmeYear(&y)
			target.Years = append(target.Years, y)
		}
		d.p.SavingsTargets = append(d.p.SavingsTargets, target)
	}
}
