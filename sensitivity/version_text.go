package sensitivity

import (
	"fmt"
	"strings"

	"github.com/edgeofcare/edgeofcare/scenario"
)

// Version is [scenario.Document.Version] for a text in which a driver of [Drivers] may
// stand with an amount, as in a [Stress]:
//
//	medium + start delayed 6 months + referrals down 25%
//
// A driver is written as the edits that it makes, on the version that stands before it.
// So the version that is returned, and its name, are those of
// [scenario.Document.Version]: medium + … + {cohorts.*.referrals.children*=0.75}.
// Errors are those of that, and of amounts that are none of a driver.
func Version(d *scenario.Document, text string, edits ...scenario.Edit) (*scenario.Version, error) {
	first, rest, err := scenario.SplitFirst(text)
	if err != nil || rest == "" {
		return d.Version(text, edits...)
	}
	v, err := d.Version(first)
	if err != nil {
		return nil, err
	}
	r, onTop, one := newReader(v, "version"), []string(nil), ""
	for rest != "" {
		if one, rest, err = scenario.SplitFirst(rest); err != nil {
			return nil, err
		}
		if one, err = r.asEdits(one, onTop); err != nil {
			return nil, err
		}
		onTop = append(onTop, one)
	}
	return d.Version(strings.Join(append([]string{first}, onTop...), " + "), edits...)
}

// asEdits is a part of a version, after others, in which a driver with an amount is
// written as its edits. What is none is left for [scenario.Document.Version] to refuse.
func (r *reader) asEdits(part string, after []string) (string, error) {
	if _, known := r.ofTheFile(part); known || part == "" || strings.HasPrefix(part, "{") {
		return part, nil
	}
	if _, isTail, err := readTail(part, r.inputs); isTail || err != nil {
		return "", fmt.Errorf("version %q: a tail of an uncertain input is some of the draws of a version, and no version: give it to stress --stress", part)
	}
	driver, amount, known, err := r.driver(part, after)
	switch {
	case err != nil:
		return "", err
	case known:
		return amount.onTop(driver), nil
	case amount.number > 0: // what was meant is a driver
		return "", r.unknown(part)
	}
	return part, nil
}
