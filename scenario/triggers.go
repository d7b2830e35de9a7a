package scenario

import "github.com/edgeofcare/edgeofcare/model/contract"

// trigger reads the kind of a trigger and all of its terms.
func (c cursor) trigger() contract.Trigger {
	kinds := contract.TriggerKinds()
	if !c.given() {
		return nil
	}
	if c.n.kind != block || len(c.n.entries) != 1 {
		c.fault("%s is not a trigger: write its kind, with its terms in a block after it; the kinds of trigger are %s", c.kind(), list(kinds))
		return nil
	}
	n := c.named("triggers", 1)
	if len(n) == 0 { // the fault is recorded
		c.d.mark(c.path)
		return nil
	}
	trigger, ok := contract.NewTrigger(n[0].name)
	if !ok {
		n[0].fault("%s", &NameError{What: "kind of trigger", Name: n[0].name, Valid: kinds})
		return nil
	}
	n[0].terms(trigger.Definition().Terms)
	return trigger
}

// terms reads the terms of a trigger. Of several lists any may be left out; that
// one must be there is the trigger's own rule.
func (c cursor) terms(terms []contract.Term) {
	var allowed []string
	lists := 0
	for _, term := range terms {
		allowed = append(allowed, term.Name)
		if term.FromOne != "" {
			allowed = append(allowed, term.FromOne)
		}
		if term.EachWeeks != nil || term.EachMonths != nil {
			lists++
		}
	}
	f := c.fields(allowed...)
	for _, term := range terms {
		f.term(term, lists > 1)
	}
}

// term reads one term; a list that has an alternative may be left out.
func (f fields) term(term contract.Term, alternative bool) {
	list := func(example want) cursor {
		if alternative {
			return f.may(term.Name)
		}
		return f.need(term.Name, example)
	}
	switch {
	case term.FromOne != "":
		f.firstPaid(term)
	case term.Weeks != nil:
		*term.Weeks = f.need(term.Name, someWeeks).weeks()
	case term.Months != nil:
		*term.Months = f.need(term.Name, someMonths).months()
	case term.Days != nil:
		*term.Days = f.need(term.Name, someDays).days()
	case term.EachWeeks != nil:
		*term.EachWeeks = list(want{"a list of numbers of weeks", "[1 week, 13 weeks]"}).each(cursor.weeks)
	case term.EachMonths != nil:
		*term.EachMonths = list(want{"a list of numbers of months", "[6 months, 12 months]"}).each(cursor.months)
	case term.Date != nil:
		at := f.need(term.Name, aDate)
		*term.Date = at.date()
		at.during(*term.Date, 0)
	case term.Interruption != nil:
		if at := f.need(term.Name, anInterruption); at.given() {
			at.unmarshal(term.Interruption, anInterruption)
		}
	}
}

var anInterruption = want{what: "ends or pauses, which is what a break does to the claim"}

// each reads a list of whole numbers that rise from 1.
func (c cursor) each(number func(cursor) int) []int {
	var all []int
	for _, item := range c.words() {
		n := number(item)
		switch {
		case !item.sound():
			continue
		case n == 0:
			item.fault("0 is too early: the first that can be listed is 1")
		case len(all) > 0 && n <= all[len(all)-1]:
			item.fault("%s does not come after the one before it: list each once, in order", quote(item.n.text))
		default:
			all = append(all, n)
		}
	}
	if c.given() && c.n.kind == sequence && len(c.n.items) == 0 {
		c.fault("the list is empty: write one number or more, or remove the line")
	}
	return all
}
