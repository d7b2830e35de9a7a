package scenario

import (
	"errors"
	"fmt"
	"strings"
)

// This file is the only one that reads the language of versions, which the package
// documentation describes under Versions.

// SplitVersions divides a list of versions at its commas. Commas inside quotation
// marks or braces are part of a version. The error for a quotation mark or a brace
// that is not closed is [ErrLanguage].
func SplitVersions(list string) ([]string, error) { return split(list, ",") }

// SplitFirst divides "dn2 + steep tariffs" into its first part and the rest,
// "steep tariffs". The error for a quotation mark or a brace that is not closed is
// [ErrLanguage].
func SplitFirst(text string) (first, onTop string, err error) {
	parts, err := split(text, plusSign)
	if err != nil {
		return "", "", err
	}
	return bareName(parts[0]), strings.Join(parts[1:], plusSign), nil
}

// plusSign is written between a case and each variant, stress or edit on top of it.
const plusSign = " + "

// ErrLanguage is the error, as errors.Is finds it, of a text that cannot be read as
// a version or a list of versions. The whole error says why, and how to write it.
var ErrLanguage = errors.New("this cannot be read as a version")

// languageError says why a text cannot be read as a version.
type languageError struct {
	text, problem string
}

func (e *languageError) Error() string { return fmt.Sprintf("version %q: %s", e.text, e.problem) }
func (e *languageError) Unwrap() error { return ErrLanguage }

// split divides a text at a separator outside quotation marks and braces, and
// trims the parts.
func split(text, separator string) ([]string, error) {
	var parts []string
	depth, quoted, from := 0, false, 0
	padded := " " + text // so that a plus sign at the beginning has a space on both sides
	for i, r := range padded {
		switch {
		case r == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case r == '{':
			depth++
		case r == '}' && depth == 0:
			return nil, &languageError{text, "a closing brace has no opening one: write an edit as {path=value}"}
		case r == '}':
			depth--
		case depth == 0 && i >= from && strings.HasPrefix(padded[i:], separator):
			parts = append(parts, strings.TrimSpace(padded[from:i]))
			from = i + len(separator)
		}
	}
	switch {
	case quoted:
		return nil, &languageError{text, "a quotation mark is not closed: write a name as \"name\""}
	case depth > 0:
		return nil, &languageError{text, "a brace is not closed: write an edit as {path=value}"}
	}
	return append(parts, strings.TrimSpace(padded[from:])), nil
}

// part is one part of a version: a name, or an edit.
type part struct {
	name string
	edit *Edit
}

// readVersion reads a version: the case, which may be empty, and the parts on top
// of it.
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
			faults = append(faults, &languageError{text, "there is nothing beside a plus sign: write a variant, a stress or an edit there"})
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

// bareName removes the quotation marks around a name.
func bareName(text string) string {
	if inside, ok := strings.CutPrefix(text, `"`); ok {
		return strings.ReplaceAll(strings.TrimSuffix(inside, `"`), `""`, `"`)
	}
	return text
}

// asVersion says why something cannot be the name of a case or a variant: it would
// be read as another version, or as several. It is empty for any other name.
func asVersion(name string) string {
	const rule = "versions are written with it, as medium + flat tariffs + {end+=7 months}, so a name with it could be read as something else: use other words"
	switch {
	case strings.Contains(" "+name+" ", plusSign):
		return "the name of a case or variant cannot have a plus sign with spaces around it: " + rule
	case strings.ContainsAny(name, ",{}"):
		return "the name of a case or variant cannot have a comma or a brace: " + strings.ReplaceAll(rule, "with it", "with them")
	case strings.Contains(name, `"`):
		return "the name of a case or variant cannot have straight quotation marks: they stand around the name of a file in a version: use other words"
	case name != strings.TrimSpace(name):
		return "the name of a case or variant cannot begin or end with a space"
	}
	return ""
}
