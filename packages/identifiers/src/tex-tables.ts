/** Words of TeX and LaTeX that stand for a character; every other word is formatting, and taken away. */
export const COMMANDS: Readonly<Record<string, string>> = {
  ...{ i: 'ı', j: 'ȷ', ss: 'ß', SS: 'SS', ae: 'æ', AE: 'Æ', oe: 'œ', OE: 'Œ', o: 'ø', O: 'Ø', l: 'ł', L: 'Ł' },
  ...{ aa: 'å', AA: 'Å', dh: 'ð', DH: 'Ð', th: 'þ', TH: 'Þ', dj: 'đ', DJ: 'Đ', ng: 'ŋ', NG: 'Ŋ', IJ: 'IJ', ij: 'ij' },
  ...{ S: '§', P: '¶', dag: '†', ddag: '‡', copyright: '©', pounds: '£', euro: '€', texteuro: '€', textyen: '¥' },
  ...{ textregistered: '®', texttrademark: '™', textdegree: '°', degree: '°', textmu: 'µ', micro: 'µ' },
  ...{ textendash: '–', textemdash: '—', ldots: '…', dots: '…', textellipsis: '…', cdots: '⋯' },
  ...{ textquoteleft: '‘', textquoteright: '’', textquotedblleft: '“', textquotedblright: '”', textquotesingle: "'" },
  ...{ guillemotleft: '«', guillemotright: '»', textquotedbl: '"', quotedblbase: '„', quotesinglbase: '‚' },
  ...{ textdollar: '$', textbackslash: '\\', backslash: '\\', textasciitilde: '~', textasciicircum: '^' },
  ...{ textunderscore: '_', textless: '<', textgreater: '>', textbar: '|', textbraceleft: '{', textbraceright: '}' },
  ...{ lbrace: '{', rbrace: '}', lt: '<', gt: '>', slash: '/', textperiodcentered: '·', textbullet: '•', bullet: '•' },
  ...{ TeX: 'TeX', LaTeX: 'LaTeX', BibTeX: 'BibTeX', textonehalf: '½', textpm: '±', textordmasculine: 'º' },
  ...{ textordfeminine: 'ª', textexclamdown: '¡', textquestiondown: '¿', textsection: '§', textparagraph: '¶' },
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', epsilon: 'ε', varepsilon: 'ε', zeta: 'ζ', eta: 'η', theta: 'θ' },
  ...{ vartheta: 'ϑ', iota: 'ι', kappa: 'κ', lambda: 'λ', mu: 'μ', nu: 'ν', xi: 'ξ', pi: 'π', rho: 'ρ', sigma: 'σ' },
  ...{ varsigma: 'ς', tau: 'τ', upsilon: 'υ', phi: 'φ', varphi: 'φ', chi: 'χ', psi: 'ψ', omega: 'ω' },
  ...{ Gamma: 'Γ', Delta: 'Δ', Theta: 'Θ', Lambda: 'Λ', Xi: 'Ξ', Pi: 'Π', Sigma: 'Σ', Upsilon: 'Υ', Phi: 'Φ' },
  ...{ Psi: 'Ψ', Omega: 'Ω', infty: '∞', times: '×', div: '÷', pm: '±', mp: '∓', cdot: '·', circ: '∘', ast: '∗' },
  ...{ le: '≤', leq: '≤', leqslant: '≤', ge: '≥', geq: '≥', geqslant: '≥', ne: '≠', neq: '≠', ll: '≪', gg: '≫' },
  ...{ approx: '≈', sim: '∼', simeq: '≃', equiv: '≡', propto: '∝', to: '→', rightarrow: '→', leftarrow: '←' },
  ...{ leftrightarrow: '↔', Rightarrow: '⇒', Leftarrow: '⇐', Leftrightarrow: '⇔', mapsto: '↦', uparrow: '↑' },
  ...{ downarrow: '↓', in: '∈', notin: '∉', subset: '⊂', subseteq: '⊆', supset: '⊃', cup: '∪', cap: '∩', oplus: '⊕' },
  ...{ otimes: '⊗', emptyset: '∅', varnothing: '∅', forall: '∀', exists: '∃', neg: '¬', lnot: '¬', land: '∧' },
  ...{ wedge: '∧', lor: '∨', vee: '∨', partial: '∂', nabla: '∇', sum: '∑', prod: '∏', int: '∫', sqrt: '√', ell: 'ℓ' },
  ...{ hbar: 'ℏ', Re: 'ℜ', Im: 'ℑ', aleph: 'ℵ', prime: '′', angle: '∠', perp: '⊥', parallel: '∥', mid: '∣' },
  ...{ langle: '⟨', rangle: '⟩', lfloor: '⌊', rfloor: '⌋', lceil: '⌈', rceil: '⌉', vert: '|', Vert: '‖', star: '⋆' },
  ...{ quad: ' ', qquad: ' ', space: ' ', newline: ' ', log: 'log', ln: 'ln', exp: 'exp', sin: 'sin', cos: 'cos' },
  ...{ tan: 'tan', max: 'max', min: 'min', lim: 'lim', sup: 'sup', inf: 'inf', det: 'det', dim: 'dim', mod: 'mod' },
}

/** Control symbols that are not themselves: spaces and hints to the typesetter. */
export const SPACING: Readonly<Record<string, string>> = {
  ...{ ' ': ' ', '\n': ' ', '\r': ' ', '\t': ' ', ',': ' ', ';': ' ', ':': ' ', '\\': ' ' },
  ...{ '!': '', '/': '', '-': '', '@': '' },
}
