package scenario

import (
	"errors"
	"fmt"
	"strings"
)

// The language of versions, as people write it on a command line:
//
//	medium
//	medium + flat tariffs
//	medium + referrals down 20% + {unit costs.residential=5200}
//	"base, revised" + {contract cap*=0.9}
//
// First a case, then any number of variants, stresses and edits, each after a
// plus sign between blanks. An edit stands in braces, in the form of [ParseEdit].
// A name in quotation marks is taken as it is, whatever signs it holds. This
// file is the only place that reads it.

// SplitVersions divides a list of versions at its commas. A comma inside
// quotation marks or braces divides nothing. A mark or a brace that is not closed
// is a *LanguageError.
func SplitVersions(list string) ([]string, error) { return split(list, ",") }

// SplitFirst divides "dn2 + steep tariffs" into its first part and what comes
// on top of it, "steep tariffs". A mark or a brace that is not closed is a
// *LanguageError.
func SplitFirst(text string) (first, onTop string, err error) {
	parts, err := split(text, plusSign)
	if err != nil {
		return "", "", err
	}
	return bareName(parts[0]), strings.Join(parts[1:], plusSign), nil
}

// plusSign stands between a case and what is put on top of it.
const plusSign = " + "

// LanguageError says why a version cannot be read.
type LanguageError struct {
	Text    string // as given
	Problem string // with a remedy
}

func (e *LanguageError) Error() string { return fmt.Sprintf("version %q: %s", e.Text, e.Problem) }

// split divides a text at a separator that stands outside quotation marks and
// braces, and takes the blanks off the parts.
func split(text, separator string) ([]string, error) {
	var parts []string
	depth, quoted, from := 0, false, 0
	padded := " " + text // so that a plus sign at the beginning stands between blanks
	for i, r := range padded {
		switch {
		case r == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case r == '{':
			depth++
		case r == '}' && depth == 0:
			return nil, &LanguageError{text, "a closing brace has no opening one: write an edit as {path=value}"}
		case r == '}':
			depth--
		case depth == 0 && i >= from && strings.HasPrefix(padded[i:], separator):
			parts = append(parts, strings.TrimSpace(padded[from:i]))
			from = i + len(separator)
		}
	}
	switch {
	case quoted:
		return nil, &LanguageError{text, "a quotation mark is not closed: write a name as \"name\""}
	case depth > 0:
		return nil, &LanguageError{text, "a brace is not closed: write an edit as {path=value}"}
	}
	return append(parts, strings.TrimSpace(padded[from:])), nil
}

// part is one part of a version: a name, or an edit.
type part struct {
	name string
	edit *Edit
}

// readVersion reads a version: the case, which may be empty, and what is put on
// top of it.
func readVersion(text string) (caseName string, onTop []part, err error) {
	first, rest, err := SplitFirst(text)
	if err != nil || rest == "" {
		return first, nil, err
	}
	onTop, err = readParts(rest)
	return first, onTop, err
}

// readParts reads variants, stresses and edits with plus signs between them.
func readParts(text string) ([]part, error) {
	written, err := split(text, plusSign)
	if err != nil {
		return nil, err
	}
	var parts []part
	var faults []error
	for _, one := range written {
		inside, isEdit := strings.CutPrefix(one, "{")
		switch {
		case one == "":
			faults = append(faults, &LanguageError{text, "nothing stands beside a plus sign: write a variant, a stress or an edit there"})
		case isEdit:
			edit, err := ParseEdit(strings.TrimSuffix(inside, "}"))
			faults = append(faults, err)
			parts = append(parts, part{edit: &edit})
		default:
			parts = append(parts, part{name: bareName(one)})
		}
	}
	return parts, errors.Join(faults...)
}

// bareName takes the quotation marks off a name.
func bareName(text string) string {
	if inside, ok := strings.CutPrefix(text, `"`); ok {
		return strings.TrimSuffix(inside, `"`)
	}
	return text
}

// WrittenName writes the name of a case, variant or stress so that it is read as
// one name, in quotation marks if it holds signs of the language.
func WrittenName(name string) string {
	if strings.ContainsAny(name, `,{}`) || strings.Contains(name, plusSign) {
		return `"` + name + `"`
	}
	return name
}
