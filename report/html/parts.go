package html

import (
	"context"
	"errors"
	"html/template"

	"github.com/edgeofcare/edgeofcare/internal/words"
	"github.com/edgeofcare/edgeofcare/montecarlo"
	"github.com/edgeofcare/edgeofcare/report"
)

// The parts that charts can stand in: the first screen, and one for each reader. They
// are names of places in the page, as in dn2.html#members.
const (
	Members      = "members"
	Commissioner = "commissioner"
	Investor     = "investor"
	Evaluator    = "evaluator"
)

// part is a part of the page.
type part struct {
	ID, Heading, Short, Lead string
	Tables                   template.HTML
	Charts                   []drawn
	More                     []more
	About                    string // of the programme, in the first part
	Made                     *made  // of the part that says how the page can be made again
	List                     []string
}

// more is tables behind a line that opens them.
type more struct {
	Summary string
	Tables  template.HTML
}

// parts are the parts of the page in their order.
func (p Page) parts(ctx context.Context) ([]part, error) {
	parts := []part{
		{ID: Members, Heading: "For members: the first screen", Short: "Members", Lead: "The cases side by side, what is assumed, and how likely a saving is."},
		{ID: Commissioner, Heading: "For commissioners", Short: "Commissioner", Lead: "What is paid and by whom, what care is avoided, and what is left to each council in each year."},
		{ID: Investor, Heading: "For those who provide the capital", Short: "Investor"},
		{ID: Evaluator, Heading: "For evaluators", Short: "Evaluator", Lead: "What the programme does to where children live, what was achieved, and what the result depends on."},
		{ID: "assumptions", Heading: "Register of assumptions", Short: "Assumptions", Lead: "Every input with its source, its status and how well it is known."},
		{ID: "conventions", Heading: "Conventions and checks", Short: "Conventions", Lead: "How the figures were made, and what they were checked against."},
		{ID: "reproduce", Heading: "Make these figures again", Short: "Reproduce", Lead: "The same version, programme, seed and number of replications give the same figures, whatever the machine."},
		{ID: "limits", Heading: "Limits of use", Short: "Limits"},
	}
	var faults []error
	for i := range parts {
		faults = append(faults, p.fill(ctx, &parts[i]))
	}
	return parts, errors.Join(faults...)
}

// fill gives a part its tables and charts.
func (p Page) fill(ctx context.Context, to *part) (err error) {
	for _, c := range p.Charts {
		if c.Part != to.ID {
			continue
		}
		d, err := c.draw()
		if err != nil {
			return err
		}
		to.Charts = append(to.Charts, d)
	}
	switch to.ID {
	case Members:
		programme := p.Result.Version.Programme
		to.About = words.Printable(words.In(programme.Currency, programme.About))
		to.Tables, err = tablesAsHTML(report.FirstScreen(ctx, p.Comparison))
	case Commissioner:
		err = p.commissioner(to)
	case Investor:
		err = p.investor(to)
	case Evaluator:
		err = to.open("Every figure of "+p.Result.Version.Phrase(), report.Run(p.Result), nil)
	case "assumptions":
		err = to.open("The programme, and every input of "+p.Result.Version.Phrase(), report.Programme(p.Result.Version), nil)
	case "conventions":
		to.Tables, err = tablesAsHTML([]report.Table{p.conventions(), p.checks()}, nil)
	case "reproduce":
		to.Made = p.made()
	case "limits":
		to.List = p.limits()
	}
	return err
}

// open adds tables behind a line.
func (to *part) open(summary string, tables []report.Table, err error) error {
	text, err := tablesAsHTML(tables, err)
	to.More = append(to.More, more{summary, text})
	return err
}

// commissioner has a page of each council, and every figure of the cases.
func (p Page) commissioner(to *part) error {
	var faults []error
	for _, council := range p.Result.Version.Programme.Commissioners {
		tables, err := report.Council(council.Name, nil, p.Comparison.Results...)
		faults = append(faults, to.open(council.Name+" by financial year", tables, err))
	}
	faults = append(faults, to.open("Every figure of the cases, and what they differ by", report.Compare(p.Comparison), nil))
	return errors.Join(faults...)
}

// investor has what the cases say to those who provide the capital, or that there is
// nothing to say.
func (p Page) investor(to *part) error {
	if p.Invested == nil {
		to.Lead = "The programme's file has no delivery terms: no cost of delivery, no facility. So there is nothing here about capital."
		return nil
	}
	to.Lead = "What delivery costs, when money comes in, how much capital it takes and what comes back."
	tables, err := report.Invest(p.Invested, false)
	if err != nil {
		return err
	}
	return to.open("Capital, cash and returns", tables, nil)
}

// results are all results that are shown, once each.
func (p Page) results() []*montecarlo.Result {
	all := []*montecarlo.Result{p.Result}
	for _, r := range p.Comparison.Results {
		if r.Version.Name() != p.Result.Version.Name() {
			all = append(all, r)
		}
	}
	return all
}
