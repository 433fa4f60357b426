import { ActionIcon, Button, Group, NativeSelect, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { ComponentProps } from "react";
import { newTier, type PriceDraft, type TierDraft } from "./price-draft";
import classes from "./PriceFields.module.css";
import { MODELS } from "./price-words";

type Props = {
  readonly price: PriceDraft;
  /** The props of the input for a field of the price: "unitPrice", "tiers.0.upTo". */
  readonly input: (field: string) => object;
  readonly onTiers: (tiers: readonly TierDraft[]) => void;
};

/** A price under one of the price models; the fields follow the model. */
export function PriceFields({ price, input, onTiers }: Props) {
  return (
    <div className={classes.price} data-tiered={isTiered(price) || undefined}>
      <NativeSelect
        label="Price model"
        description={MODELS[price.model].meaning}
        data={Object.entries(MODELS).map(([value, { label }]) => ({ value, label }))}
        {...input("model")}
      />
      <ModelFields price={price} input={input} onTiers={onTiers} />
    </div>
  );
}

const isTiered = ({ model }: PriceDraft): boolean => model === "GRADUATED" || model === "VOLUME";

function ModelFields({ price, input, onTiers }: Props) {
  const { unit } = price;
  switch (price.model) {
    case "PER_UNIT":
      return <MoneyInput label={`Price of a ${unit}`} {...input("unitPrice")} />;
    case "FLAT":
      return <MoneyInput label="Price of any use at all" {...input("flatPrice")} />;
    case "PACKAGE":
      return (
        <Group gap="sm" align="flex-start" wrap="nowrap" grow>
          <TextInput
            label={`${unit.charAt(0).toUpperCase()}${unit.slice(1)}s in a package`}
            inputMode="numeric"
            {...input("packageSize")}
          />
          <MoneyInput label="Price of a package" {...input("packagePrice")} />
        </Group>
      );
    case "GRADUATED":
    case "VOLUME":
      return <TierFields tiers={price.tiers} unit={unit} input={input} onTiers={onTiers} />;
  }
}

type TierProps = Pick<Props, "input" | "onTiers"> & { readonly tiers: readonly TierDraft[]; readonly unit: string };

/** Rising bands; the last one has no end and always stays. */
function TierFields({ tiers, unit, input, onTiers }: TierProps) {
  return (
    <Stack gap="xs">
      {tiers.map(({ key }, index) => {
        const number = index + 1;
        const isLast = index === tiers.length - 1;
        return (
          <div key={key} className={classes.tier}>
            {isLast ? (
              <Text size="sm" className={classes.beyond}>
                Beyond
              </Text>
            ) : (
              <TextInput
                aria-label={`Tier ${number}: up to, in ${unit}s`}
                placeholder="Up to"
                inputMode="numeric"
                {...input(`tiers.${index}.upTo`)}
              />
            )}
            <MoneyInput aria-label={`Tier ${number}: price of a ${unit}`} {...input(`tiers.${index}.unitPrice`)} />
            {!isLast && tiers.length > 2 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={`Remove tier ${number}`}
                onClick={() => onTiers(tiers.toSpliced(index, 1))}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            )}
          </div>
        );
      })}
      <Group>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onTiers(tiers.toSpliced(-1, 0, newTier()))}
        >
          Add a tier
        </Button>
      </Group>
    </Stack>
  );
}

/** An amount in dollars, kept as it is typed. */
export function MoneyInput(props: ComponentProps<typeof TextInput>) {
  return <TextInput leftSection="$" inputMode="decimal" autoComplete="off" {...props} />;
}
